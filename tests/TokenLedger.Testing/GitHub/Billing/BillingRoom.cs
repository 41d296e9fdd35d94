using TokenLedger.Testing.GitHub.Serving;

namespace TokenLedger.Testing.GitHub.Billing;

/// <summary>Everything below an account's billing: who may ask, and which part answers.</summary>
internal sealed class BillingRoom(FakeBills bills, IReadOnlyList<IBillingPart> parts) : IRoom
{
    public ApiAnswer? Answer(ApiCall call)
    {
        if (call.Caller is not { } caller || BillingCall.Of(call) is not { } asked)
            return null;
        if (caller.Scopes is null)
            return ApiAnswer.Forbidden("administration");
        // A user's own bill is told to that user alone.
        var isTheirs = !asked.IsOfUser
            || string.Equals(caller.Login, asked.Name, StringComparison.OrdinalIgnoreCase);
        if (!isTheirs || bills.Of(asked.Account) is not { } charges)
            return ApiAnswer.NotFound;
        return parts.Select(part => part.Answer(asked, charges)).FirstOrDefault(answer => answer is not null)
            ?? ApiAnswer.NotFound;
    }
}
