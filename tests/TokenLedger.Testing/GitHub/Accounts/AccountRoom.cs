using System.Text.Json.Nodes;
using TokenLedger.Testing.GitHub.Actions;
using TokenLedger.Testing.GitHub.Serving;

namespace TokenLedger.Testing.GitHub.Accounts;

/// <summary>The user behind a token, organisations and their repositories.</summary>
internal sealed class AccountRoom(Estate estate, Func<Uri> root) : IRoom
{
    public ApiAnswer? Answer(ApiCall call) => (call.Method, call.Path, call.Caller) switch
    {
        ("GET", ["user"], { Login: { } login }) => ApiAnswer.Of(new JsonObject
        {
            ["login"] = login,
            ["id"] = 583_231,
            ["type"] = "User",
        }),
        ("GET", ["user"], { Installation: not null }) => ApiAnswer.Error(403, "Resource not accessible by integration"),
        ("GET", ["orgs", var name], { IsApp: false }) =>
            estate.FindAccount(name) is { } account ? ApiAnswer.Of(account.Json()) : ApiAnswer.NotFound,
        ("GET", ["orgs", var name, "repos"], { IsApp: false }) =>
            estate.FindAccount(name) is { } account ? Repositories(call, account) : ApiAnswer.NotFound,
        _ => null,
    };

    private ApiAnswer Repositories(ApiCall call, FakeAccount account)
    {
        var (items, link) = ApiPage.Of(
            call, root(),
            [.. estate.Repositories.Where(item => item.Owner == account && call.Caller!.Sees(item))]);
        var answer = ApiAnswer.Of(new JsonArray([.. items.Select(RepositoryJson.Of)]));
        return link.Length == 0 ? answer : answer.With("Link", link);
    }
}
