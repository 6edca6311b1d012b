"""Parts of names that say nothing about who it is: legal forms of companies, and providers of free mailboxes."""

LEGAL_FORMS = frozenset(
    {
        "inc", "incorporated", "corp", "corporation", "co", "company", "llc", "llp", "lp", "ltd", "limited", "plc", "gmbh", "mbh", "ag", "kg", "kgaa", "ohg",
        "ug", "gbr", "ev", "sa", "sas", "sarl", "sasu", "srl", "spa", "sl", "slu", "bv", "nv", "ab", "as", "asa", "aps", "oy", "oyj", "pty", "pte", "pvt", "kk",
        "sdn", "bhd", "oao", "ooo", "zao", "kft", "sro", "spzoo", "eood", "ead", "and",
    }
)  # fmt: skip

FREE_MAIL = frozenset(
    {
        "gmail.com", "googlemail.com", "yahoo.com", "yahoo.co.uk", "yahoo.de", "yahoo.fr", "yahoo.co.in", "ymail.com", "hotmail.com", "hotmail.co.uk",
        "hotmail.fr", "outlook.com", "outlook.de", "live.com", "live.co.uk", "msn.com", "icloud.com", "me.com", "mac.com", "aol.com", "gmx.de", "gmx.net",
        "gmx.com", "gmx.at", "web.de", "t-online.de", "freenet.de", "mail.com", "mail.ru", "yandex.ru", "yandex.com", "bk.ru", "list.ru", "inbox.ru", "qq.com",
        "163.com", "126.com", "sina.com", "protonmail.com", "proton.me", "pm.me", "zoho.com", "fastmail.com", "tutanota.com", "hey.com", "orange.fr",
        "wanadoo.fr", "free.fr", "laposte.net", "sfr.fr", "libero.it", "virgilio.it", "tiscali.it", "alice.it", "uol.com.br", "bol.com.br", "terra.com.br",
        "rediffmail.com", "comcast.net", "verizon.net", "att.net", "sbcglobal.net", "cox.net", "bellsouth.net", "btinternet.com", "sky.com", "virginmedia.com",
        "ntlworld.com", "seznam.cz", "wp.pl", "o2.pl", "interia.pl", "abv.bg", "naver.com", "hanmail.net", "daum.net",
    }
)  # fmt: skip
