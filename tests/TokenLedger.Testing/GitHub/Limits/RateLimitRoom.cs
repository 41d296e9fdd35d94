using System.Text.Json.Nodes;
using TokenLedger.Testing.GitHub.Serving;

namespace TokenLedger.Testing.GitHub.Limits;

/// <summary><c>/rate_limit</c>, which counts against nothing.</summary>
internal sealed class RateLimitRoom(FakeLimits limits) : IRoom
{
    public ApiAnswer? Answer(ApiCall call)
    {
        if (call is not { Method: "GET", Path: ["rate_limit"], Caller: { } caller })
            return null;
        var core = limits.BudgetOf(caller.Name).Json(call.Now);
        return ApiAnswer.Of(new JsonObject
        {
            ["resources"] = new JsonObject { ["core"] = core },
            ["rate"] = core.DeepClone(),
        });
    }
}
