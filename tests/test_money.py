from decimal import Decimal

import pytest
from django.utils import translation

from mmrec_app.templatetags.mmrec import money


@pytest.mark.parametrize(
    ("language", "amount", "currency", "written"),
    [
        ("en", Decimal("1234.5"), "EUR", "€1,234.50"),
        ("de", Decimal("1234.5"), "EUR", "1.234,50\xa0€"),
        ("en", Decimal(3), "CHF", "3.00\xa0CHF"),
        ("en", Decimal(0), "", "0.00"),
        ("en", None, "EUR", ""),
    ],
)
def test_money_is_written_as_the_reader_writes_it(settings, language, amount, currency, written):
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    with translation.override(language):
        assert money(amount, currency) == written
