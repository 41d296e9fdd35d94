using System.Globalization;

namespace TokenLedger.Testing.GitHub;

/// <summary>How the fake GitHub misbehaves.</summary>
public sealed record FakeGitHubFault
{
    /// <summary>The status to answer with; null for the one that belongs to the request.</summary>
    public int? Status { get; init; }

    /// <summary>The body; null for the one that belongs to the request.</summary>
    public string? Body { get; init; }

    /// <summary>Headers beside.</summary>
    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>Whether the connection ends in the middle of the body.</summary>
    public bool IsCut { get; init; }

    /// <summary>Whether the connection is reset in the middle of the body.</summary>
    public bool IsReset { get; init; }

    /// <summary>Whether the body never goes on after its first bytes.</summary>
    public bool IsStalled { get; init; }

    /// <summary>Whether the connection ends before any answer.</summary>
    public bool IsDropped { get; init; }

    /// <summary>How long the body rests after each eighth of it.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>What the answer waits for; null for nothing. Until then the request is under way.</summary>
    public Task? BeginsAfter { get; init; }

    /// <summary>How many requests it befalls.</summary>
    public int Times { get; init; } = int.MaxValue;

    /// <summary>A part of path and query that only those have which it befalls.</summary>
    public string Path { get; init; } = "";

    /// <summary>The only day of a bill it befalls; null for every request.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>The App lacks a permission.</summary>
    /// <param name="permission">Such as <c>actions=read</c>.</param>
    public static FakeGitHubFault MissingPermission(string permission) => new()
    {
        Status = 403,
        Body = """{"message":"Resource not accessible by integration","status":"403"}""",
        Headers = { ["X-Accepted-GitHub-Permissions"] = permission },
    };

    /// <summary>The token is not authorised for an organisation's single sign-on.</summary>
    public static FakeGitHubFault SingleSignOn(string organization) => new()
    {
        Status = 403,
        Body = """{"message":"Resource protected by organization SAML enforcement.","status":"403"}""",
        Headers =
        {
            ["X-GitHub-SSO"] =
                $"required; url=https://github.com/orgs/{organization}/sso?authorization_request=AAAA",
        },
    };

    /// <summary>The organisation has an IP allow list that does not hold the caller's address.</summary>
    public static FakeGitHubFault AddressNotAllowed(string organization) => new()
    {
        Status = 403,
        Body =
            $$"""
            {"message":"Although you appear to have the correct authorization credentials, the `{{organization}}`
            organization has an IP allow list enabled, and your IP address is not permitted to access this resource.",
            "status":"403"}
            """.ReplaceLineEndings(" "),
    };

    internal bool Befalls(string target) =>
        target.Contains(Path, StringComparison.Ordinal)
        && (Day is not { } day
            || target.Contains(
                string.Create(
                    CultureInfo.InvariantCulture, $"year={day.Year}&month={day.Month}&day={day.Day}"),
                StringComparison.Ordinal));
}
