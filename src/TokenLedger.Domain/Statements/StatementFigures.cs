using TokenLedger.Domain.Spend;

namespace TokenLedger.Domain.Statements;

/// <summary>What lines add up to. Money in nano-credits; components are never added together.</summary>
public sealed record StatementFigures
{
    /// <summary>Nothing.</summary>
    public static StatementFigures Nothing { get; } = new();

    /// <summary>Requests.</summary>
    public long Requests { get; init; }

    /// <summary>Requests without a price: what they cost is in no figure that is expected.</summary>
    public long UnpricedRequests { get; init; }

    /// <summary>AI usage as billed so far, gross.</summary>
    public long BilledNanoCredits { get; init; }

    /// <summary>Of it, by final bills.</summary>
    public long SettledNanoCredits { get; init; }

    /// <summary>
    /// AI usage as billed so far, net, where the bill tells it; what is unknown is in the next figure.
    /// </summary>
    public long NetKnownNanoCredits { get; init; }

    /// <summary>The gross of AI usage of which the bill does not tell the net.</summary>
    public long NetUnknownGrossNanoCredits { get; init; }

    /// <summary>Lines of billed AI usage of which the bill does not tell the net; refunds do not cancel.</summary>
    public long NetUnknownLines { get; init; }

    /// <summary>AI usage that is expected on the bill and not on it yet.</summary>
    public long ExpectedNanoCredits { get; init; }

    /// <summary>GitHub Actions minutes as billed, gross.</summary>
    public long ActionsMinutesNanoCredits { get; init; }

    /// <summary>Seats, storage and whatever else, as billed, gross.</summary>
    public long OtherNanoCredits { get; init; }

    /// <summary>AI usage as billed so far, net; null where the net of any of it is unknown.</summary>
    public long? NetNanoCredits => NetUnknownLines == 0 ? NetKnownNanoCredits : null;

    /// <summary>The sum.</summary>
    public static StatementFigures operator +(StatementFigures left, StatementFigures right) => checked(new()
    {
        Requests = left.Requests + right.Requests,
        UnpricedRequests = left.UnpricedRequests + right.UnpricedRequests,
        BilledNanoCredits = left.BilledNanoCredits + right.BilledNanoCredits,
        SettledNanoCredits = left.SettledNanoCredits + right.SettledNanoCredits,
        NetKnownNanoCredits = left.NetKnownNanoCredits + right.NetKnownNanoCredits,
        NetUnknownGrossNanoCredits = left.NetUnknownGrossNanoCredits + right.NetUnknownGrossNanoCredits,
        NetUnknownLines = left.NetUnknownLines + right.NetUnknownLines,
        ExpectedNanoCredits = left.ExpectedNanoCredits + right.ExpectedNanoCredits,
        ActionsMinutesNanoCredits = left.ActionsMinutesNanoCredits + right.ActionsMinutesNanoCredits,
        OtherNanoCredits = left.OtherNanoCredits + right.OtherNanoCredits,
    });

    /// <summary>The figures of one line.</summary>
    public static StatementFigures Of(SpendLine line)
    {
        var billed = line.BilledGrossNanoCredits ?? 0;
        if (line.Component != SpendComponent.AiUsage)
        {
            return line.Component == SpendComponent.ActionsMinutes
                ? new() { ActionsMinutesNanoCredits = billed } : new() { OtherNanoCredits = billed };
        }

        return new()
        {
            Requests = line.Slice?.Requests ?? 0,
            UnpricedRequests = line.Slice is { Unpriced: not null } slice ? slice.Requests : 0,
            BilledNanoCredits = billed,
            SettledNanoCredits = line.State == SpendState.Settled ? billed : 0,
            NetKnownNanoCredits = line.BilledNetNanoCredits ?? 0,
            NetUnknownGrossNanoCredits = line.BilledNetNanoCredits is null ? billed : 0,
            NetUnknownLines = line is { BilledGrossNanoCredits: not null, BilledNetNanoCredits: null } ? 1 : 0,
            ExpectedNanoCredits = checked((line.Gross?.NanoCredits ?? 0) - (line.Gross is null ? 0 : billed)),
        };
    }
}
