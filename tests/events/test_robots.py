"""Agents as shops find them in their logs."""

import pytest
from django.test import RequestFactory

from mmrec_app.events import is_robot

BROWSER = "AppleWebKit/537.36 (KHTML, like Gecko)"
PEOPLE = (
    f"Mozilla/5.0 (Linux; Android 9; CUBOT_X19) {BROWSER} Chrome/114.0.5735.196 Mobile Safari/537.36",
    f"Mozilla/5.0 (Linux; Android 12; CUBOT NOTE 21 Build/SP1A.210812.016) {BROWSER} Chrome/120.0.0.0 Safari/537.36",
    f"Mozilla/5.0 (Linux; Android 14; SM-S918B Build/UP1A; wv) {BROWSER} Chrome/124.0 Instagram 329.0.0.41.93",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 "
    "[FBAN/FBIOS;FBAV/465.0.0.41.109;FBDV/iPhone14,5;FBMD/iPhone;FBSN/iOS;FBSV/17.5;FBLC/de_DE]",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 [Pinterest/iOS]",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X) AppleWebKit/605.1.15 GSA/312.0.624 Safari/604.1",
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {BROWSER} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Opera/9.80 (Android; Opera Mini/36.2.2254/119.132; U; id) Presto/2.12.423 Version/12.16",
    "okhttp/4.12.0",
    "Dart/3.4 (dart:io)",
    "Shop/42 CFNetwork/1496.0.7 Darwin/23.5.0",
    "node-fetch/1.0 (+https://github.com/bitinn/node-fetch)",
    "axios/1.7.2",
    "undici",
    "node",
)
ROBOTS = (
    "",
    " ",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "meta-externalagent/1.1",
    "WhatsApp/2.23.20.0 A",
    "Mediapartners-Google",
    "GoogleOther",
    f"Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X) {BROWSER} Chrome/125.0 Safari/537.36 (compatible; GoogleOther)",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "ia_archiver",
    f"Mozilla/5.0 {BROWSER}; compatible; ChatGPT-User/1.0; +https://openai.com/bot",
    "Mozilla/5.0 (compatible; Perplexity-User/1.0)",
    "Mozilla/5.0 (compatible; ClaudeBot/1.0; +claudebot@anthropic.com)",
    "Bytespider",
    "Snap URL Preview Service",
    "python-requests/2.32.3",
    "python-httpx/0.27.0",
    "Python/3.11 aiohttp/3.9.5",
    "Python-urllib/3.11",
    "Go-http-client/1.1",
    "Java/17.0.9",
    "PostmanRuntime/7.39.0",
    "curl/8.1.2",
    "Mozilla/5.0 (Unknown; Linux x86_64) AppleWebKit/534.34 (KHTML, like Gecko) PhantomJS/1.9.8 Safari/534.34",
    f"Mozilla/5.0 (X11; Linux x86_64) {BROWSER} HeadlessChrome/131.0.0.0 Safari/537.36",
    f"Mozilla/5.0 (Linux; Android 11; moto g power) {BROWSER} Chrome/119.0 Mobile Safari/537.36 Chrome-Lighthouse",
    "Googlebot/2.1 okhttp/4.12.0",
)


@pytest.mark.parametrize("agent", PEOPLE)
def test_browsers_and_the_shops_own_applications_are_people(agent: str) -> None:
    assert not is_robot(RequestFactory().get("/", headers={"User-Agent": agent}))


@pytest.mark.parametrize("agent", ROBOTS)
def test_programs_that_name_themselves_or_nothing_are_robots(agent: str) -> None:
    assert is_robot(RequestFactory().get("/", headers={"User-Agent": agent}))


def test_who_sends_no_agent_at_all_is_a_robot() -> None:
    request = RequestFactory().get("/")
    del request.META["HTTP_USER_AGENT"]
    assert is_robot(request)


def test_pages_fetched_in_case_somebody_wants_them_are_a_robots() -> None:
    assert is_robot(RequestFactory().get("/", headers={"User-Agent": PEOPLE[0], "Sec-Purpose": "prefetch;prerender"}))
