"""The uploaded file with its faults marked, to be mended in Excel and uploaded again."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from logistics.importing import annotate
from logistics.importing.annotate import AnnotationError
from logistics.importing.choices import Verdict
from logistics.importing.layouts import same_tables
from logistics.importing.models import ImportRow, ImportRun
from logistics.importing.queries import teller
from logistics.importing.services.uploads import workbook_of


def marked_copy(run: ImportRun) -> bytes:
    """An .xlsx: the file as it was uploaded, faulty cells coloured, a last column that says why.

    Raises ValidationError when the file is gone or cannot be marked.
    """
    workbook = workbook_of(run)
    tell = teller(run)
    tables = [table for table in same_tables(run.tables, workbook, tell.spec) if table is not None]
    problems = [
        annotate.Problem(tell.sheets[row.table], row.number, problem.index, problem.sentence)
        for row in ImportRow.objects.filter(run=run, verdict=Verdict.FAULTY)
        if not run.tables[row.table].get("old")
        for problem in tell.problems(row)
    ]
    try:
        with run.file.open("rb") as file:
            return annotate.annotate(file.read(), workbook, tables, problems)
    except AnnotationError as error:
        raise ValidationError(_("This file cannot be marked. Mend the rows here in the page.")) from error
