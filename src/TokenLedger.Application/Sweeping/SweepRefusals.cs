using TokenLedger.Application.Collecting;
using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Sweeping;

/// <summary>What a refusal means for a sweep.</summary>
internal static class SweepRefusals
{
    /// <summary>Whether somebody must mend something: time alone does not.</summary>
    public static bool IsToTell(ProviderRefusal refusal) => CollectionAlerts.IsToTell(refusal);

    /// <summary>Whether every further question with the same credential is refused alike.</summary>
    public static bool IsOfAll(ProviderRefusal refusal) =>
        refusal.Code is ProviderRefusal.RateLimited or ProviderRefusal.Unauthorized;
}
