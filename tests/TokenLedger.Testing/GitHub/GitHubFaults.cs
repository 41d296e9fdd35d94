using TokenLedger.Testing.Serving;

namespace TokenLedger.Testing.GitHub;

/// <summary>Refusals in GitHub's own words.</summary>
public static class GitHubFaults
{
    /// <summary>The App lacks a permission.</summary>
    /// <param name="permission">Such as <c>actions=read</c>.</param>
    public static ProviderFault MissingPermission(string permission) => new()
    {
        Status = 403,
        Body = """{"message":"Resource not accessible by integration","status":"403"}""",
        Headers = { ["X-Accepted-GitHub-Permissions"] = permission },
    };

    /// <summary>The token is not authorised for an organisation's single sign-on.</summary>
    public static ProviderFault SingleSignOn(string organization) => new()
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
    public static ProviderFault AddressNotAllowed(string organization) => new()
    {
        Status = 403,
        Body =
            $$"""
            {"message":"Although you appear to have the correct authorization credentials, the `{{organization}}`
            organization has an IP allow list enabled, and your IP address is not permitted to access this resource.",
            "status":"403"}
            """.ReplaceLineEndings(" "),
    };
}
