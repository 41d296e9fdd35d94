using System.Text.Json.Nodes;

namespace TokenLedger.Testing.GitHub.Accounts;

/// <summary>An organisation of the fake GitHub.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Login">Its name.</param>
public sealed record FakeAccount(long Id, string Login)
{
    internal JsonObject Json() => new()
    {
        ["login"] = Login,
        ["id"] = Id,
        ["type"] = "Organization",
        ["html_url"] = $"https://github.com/{Login}",
    };
}
