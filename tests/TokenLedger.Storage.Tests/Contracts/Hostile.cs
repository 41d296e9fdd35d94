namespace TokenLedger.Storage.Tests.Contracts;

/// <summary>Texts that break out of a key, a statement or a path where they are not encoded.</summary>
internal static class Hostile
{
    public static TheoryData<string> Texts() =>
    [
        "o'clock \"quoted\" `back`",
        "a/b\\c#d?e%2Ff%",
        "'; DROP TABLE runs; --",
        "línea ünï 漢字 🚀 \u202e",
        " leading and trailing ",
        "tab\tnew\nline\u001b[31m",
        "..",
        "a|b~c,d;e&f=g<h>i",
        new string('x', 400),
        new string('é', 400),
    ];

    /// <summary>Two texts that differ only after 300 characters.</summary>
    public static (string One, string Other) LongTwins => (new string('x', 399) + "1", new string('x', 399) + "2");
}
