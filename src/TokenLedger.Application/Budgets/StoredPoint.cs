using TokenLedger.Domain.Calibration;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Budgets;

/// <summary>A calibration point of an account's day, as it is stored.</summary>
internal sealed record StoredPoint(
    string Source, BillingAccountKind Kind, string Name, string Channel, string? Model, long BilledNanoCredits,
    long EstimatedNanoCredits)
{
    public static StoredPoint Of(CalibrationPoint point) => new(
        point.Account.Source, point.Account.Kind, point.Account.Name, point.Channel.ToString(), point.Model,
        point.BilledNanoCredits, point.EstimatedNanoCredits);

    public CalibrationPoint ToPoint(DateOnly day) => new(
        new BillingAccount(Source, Kind, Name), new Channel(Channel), Model, day, BilledNanoCredits,
        EstimatedNanoCredits);
}
