using System.Globalization;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Ingestion.Billing;

/// <summary>The ids of charges and the hash of a day of them.</summary>
internal static class ChargeIdentity
{
    private const int IdDigits = 32;

    /// <summary>The id: the same row of a later look at the same day has the same one.</summary>
    public static string IdOf(
        CanonicalHash hash, BillingAccount account, BillView view, DateOnly day, string filter, string naturalKey) =>
        hash.Add(account.Key).Add(view.ToString()).Add(Text(day)).Add(filter).Add(naturalKey).Finish()[..IdDigits];

    /// <summary>The hash of charges that are ordered by id: every field counts.</summary>
    public static string ContentHashOf(IReadOnlyList<Charge> charges)
    {
        using var hash = new CanonicalHash();
        foreach (var charge in charges)
        {
            hash.Add(charge.Id).Add(charge.Account.Key).Add(charge.View.ToString()).Add(Text(charge.Day))
                .Add(charge.Channel.ToString()).Add(charge.Family.ToString()).Add(charge.Category.ToString())
                .Add(charge.Product).Add(charge.Sku).Add(charge.ModelText).Add(charge.IsAutoSelected ? "auto" : null)
                .Add(charge.Quantity).Add(charge.Unit).Add(charge.UnitPriceUsd)
                .Add(charge.GrossNanoCredits).Add(charge.NetNanoCredits)
                .Add(charge.Tokens?.Input).Add(charge.Tokens?.Output)
                .Add(charge.Tokens?.CacheRead).Add(charge.Tokens?.CacheWrite);
            AddDimensions(hash, charge.Dimensions);
        }

        return hash.Finish();
    }

    private static void AddDimensions(CanonicalHash hash, ChargeDimensions dimensions) => hash
        .Add(dimensions.Organization.ToString()).Add(dimensions.Repository.ToString())
        .Add(dimensions.WorkflowPath.ToString()).Add(dimensions.User.ToString())
        .Add(dimensions.CostCenter.ToString()).Add(dimensions.Workspace.ToString())
        .Add(dimensions.Project.ToString()).Add(dimensions.ApiKey.ToString()).Add(dimensions.Model.ToString())
        .Add(dimensions.TokenKind?.ToString()).Add(dimensions.ServiceTier.ToString())
        .Add(dimensions.ContextBand.ToString());

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
