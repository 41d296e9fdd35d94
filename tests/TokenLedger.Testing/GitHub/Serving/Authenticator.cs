using TokenLedger.Testing.GitHub.Accounts;
using TokenLedger.Testing.GitHub.Apps;

namespace TokenLedger.Testing.GitHub.Serving;

/// <summary>Tells from the header whose request it is.</summary>
internal sealed class Authenticator(FakeApp app, Estate estate)
{
    /// <summary>The caller, null for nobody; or the answer to credentials that are no good.</summary>
    public (ApiCaller? Caller, ApiAnswer? Refusal) Check(ApiCall call)
    {
        if (call.Authorization.Length == 0)
            return default;
        var text = call.Authorization.Split(' ', 2) is ["Bearer" or "bearer" or "token", var token] ? token : "";
        // Only a JWT is JSON in Base64.
        if (text.StartsWith("eyJ", StringComparison.Ordinal))
        {
            return AppJwt.Fault(text, app, call.Now) is { } fault
                ? (null, ApiAnswer.Error(401, fault))
                : (new ApiCaller("app") { IsApp = true }, null);
        }

        if (estate.Tokens.TryGetValue(text, out var person))
            return (new ApiCaller($"token of {person.Login}") { Login = person.Login, Scopes = person.Scopes }, null);
        return app.TokenOf(text) is not { } installed || installed.ExpiresAt <= call.Now
                || installed.Installation.IsUninstalled
            ? (null, ApiAnswer.BadCredentials)
            : installed.Installation.SuspendedAt is not null
                ? (null, ApiAnswer.Error(403, "This installation has been suspended"))
                : (new ApiCaller(installed.Installation.CallerName) { Installation = installed }, null);
    }
}
