"""The tests' own check for template variables that do not exist does its work, in our templates only."""

import pytest
from django.template import Context, Engine, Origin, Template, engines

from tests.strict_templates import OURS, UndefinedVariableError


def render(text: str, name: str, **context: object) -> str:
    engine: Engine = engines["django"].engine
    return Template(text, origin=Origin(name), engine=engine).render(Context(context))


@pytest.mark.parametrize(
    "text", ["{{ nobody }}", "{{ thing.nothing }}", "{% with x=nobody %}{% endwith %}", "{{ nobody|money }}"]
)
def test_an_unknown_variable_fails(text):
    with pytest.raises(UndefinedVariableError):
        render(text, f"{OURS}/some.html", thing={})


@pytest.mark.parametrize(
    "text", ["{% if nobody %}{% endif %}", "{% for x in nobody %}{% endfor %}", "{% firstof nobody '' %}"]
)
def test_asking_whether_it_is_there_is_free(text):
    assert render(text, f"{OURS}/some.html") == ""


def test_other_peoples_templates_are_left_alone():
    assert render("{{ nobody|default:'x' }}", "/site-packages/admin/some.html") == "x"
