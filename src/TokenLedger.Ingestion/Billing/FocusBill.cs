using System.Globalization;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Billing;

/// <summary>A FOCUS 1.0–1.4 cost-and-usage file in CSV, of any provider.</summary>
internal sealed class FocusBill(BillHints hints, ModelNames names, BillLog log, BillChecks checks)
{
    private readonly SortedDictionary<BillingAccount, BillAssembly> byAccount = [];
    private long otherServiceRows;

    /// <summary>The form, for people.</summary>
    public static string Format => "FOCUS cost and usage (CSV)";

    /// <summary>Whether these are the columns of such a file.</summary>
    public static bool IsHeader(IReadOnlySet<string> columns) =>
        columns.Contains("billedcost") && columns.Contains("chargecategory") && columns.Contains("chargeperiodstart");

    /// <summary>Takes a row.</summary>
    public void Take(BillCells cells)
    {
        var (listed, isOtherCloudService) = FocusProvider.Of(cells);
        if (isOtherCloudService && hints.Channel is null)
        {
            otherServiceRows++;
            return;
        }

        if (!FocusPeriod.TryReadDay(cells, out var day, out var fault))
        {
            log.Reject(cells.Line, null, BillCodes.BadPeriod, fault);
            return;
        }

        if ((listed ?? hints.Channel) is not { } channel)
        {
            var provider = cells.First("serviceprovidername", "providername") ?? "no provider";
            log.Reject(cells.Line, day, BillCodes.UnknownProvider,
                $"The provider {ShownText.Of(provider)} is not on the list: pass --channel NAME to say who bills.");
            return;
        }

        if (AccountOf(cells, channel) is not { } account)
        {
            log.Reject(cells.Line, day, BillCodes.NoAccount,
                "The row has no BillingAccountId: pass --org NAME to say whose bill it is.");
            return;
        }

        if (FocusRows.Read(cells, day, channel, names, log, checks) is not { } row)
            return;
        if (!byAccount.TryGetValue(account, out var assembly))
            byAccount.Add(account, assembly = new BillAssembly());
        assembly.Add(row);
    }

    /// <summary>The days in order of account and day.</summary>
    public IReadOnlyList<DayBill> ToDays()
    {
        if (otherServiceRows > 0)
        {
            log.Notice("other-cloud-services", string.Create(CultureInfo.InvariantCulture,
                $"{otherServiceRows} rows are of a cloud's services that bill no language models: not taken."));
        }

        return [.. byAccount.SelectMany(pair => pair.Value.ToDays(pair.Key, BillView.Focus, "", log))];
    }

    private BillingAccount? AccountOf(BillCells cells, Channel channel)
    {
        var source = channel == Channel.Copilot ? BillingAccount.GitHub : channel.ToString();
        if (hints.Enterprise is { } enterprise)
            return new BillingAccount(source, BillingAccountKind.Enterprise, enterprise);
        if (hints.Organization is { } organization)
            return new BillingAccount(source, BillingAccountKind.Organization, organization);
        if (hints.User is { } user)
            return new BillingAccount(source, BillingAccountKind.User, user);
        return cells["billingaccountid"] is { } id
            ? new BillingAccount(source, BillingAccountKind.Organization, id)
            : null;
    }
}
