import pytest

from mmrec_app.training.config import TrainingConfig


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"fusion": "sum"}, "fusion is 'sum'; it must be one of attention"),
        ({"pairings": {"user_next": 1.0, "twice": 1.0}}, "pairing 'twice' is unknown"),
        ({"pairings": {"views": 1.0}}, "leave out 'user_next'"),
        ({"pairings": {"user_next": "much"}}, "user_next is 'much'"),
        ({"dimension": 10, "heads": 4}, "dimension is 10; it must be a multiple of heads, 4"),
        ({"temperature": 2.0}, "temperature is 2.0"),
        ({"temperature": "warm"}, "temperature is warm"),
        ({"epochs": "many"}, "epochs is 'many'; it must be a whole number, at least 1"),
        ({"history": 1}, "history is 1; it must be a whole number, at least 2"),
        ({"dropout": 1.0}, "dropout is 1.0"),
        ({"learning_rate": -1}, "learning_rate is -1"),
        ({"speed": 3}, "training has no setting 'speed'; settings are dimension"),
        ({"linear": {"rige": 3}}, "linear has no setting 'rige'"),
        ({"linear": {"ridge": "much"}}, "ridge is 'much'"),
        ({"linear": {"content": {"words": -1}}}, "words is -1"),
        ({"linear": 7}, "linear is 7; it must map names to values"),
        ({"pairings": ["user_next"]}, "pairings is .'user_next'.; it must map names"),
    ],
)
def test_what_is_wrong_with_a_setting_is_said(given, message):
    with pytest.raises(ValueError, match=message):
        TrainingConfig.from_dict(given)


def test_settings_survive_their_dictionary():
    made = TrainingConfig.from_dict({"dimension": 32, "linear": {"ridge": 7.0, "content": {"words": 2.0}}})
    assert made.linear is not None and made.linear.ridge == 7
    assert TrainingConfig.from_dict(made.to_dict()) == made
