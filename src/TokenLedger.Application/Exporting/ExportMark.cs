using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Exporting;

/// <summary>How far the reports of an enterprise are, as it is kept in a checkpoint.</summary>
internal sealed record ExportMark
{
    /// <summary>The report that is being made; null for none.</summary>
    public string? Id { get; init; }

    /// <summary>What was asked for.</summary>
    public BillView View { get; init; }

    /// <summary>Its first UTC day.</summary>
    public DateOnly From { get; init; }

    /// <summary>Its last UTC day, exclusive.</summary>
    public DateOnly To { get; init; }

    /// <summary>Whether it is asked for beside the day's own: by hand, and without some of what is due.</summary>
    public bool IsExtra { get; init; }

    /// <summary>Since when it is waited for, UTC: a report, or its turn while another is being made.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When somebody goes on, UTC; null when nobody needs to.</summary>
    public DateTimeOffset? StepAt { get; init; }

    /// <summary>The UTC day on which a report of a view was last dealt with, by the view's name.</summary>
    public Dictionary<string, DateOnly> DoneOn { get; init; } = [];

    /// <summary>When the next report of a view may be asked for, UTC; null for at once. There is one a day.</summary>
    public DateTimeOffset? NotBefore(BillView view) => DoneOn.TryGetValue(view.ToString(), out var day)
        ? new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero)
        : null;
}
