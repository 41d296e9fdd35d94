namespace TokenLedger.Application.Sweeping;

/// <summary>How far the runs of a repository are looked through: what its checkpoint says.</summary>
internal sealed record SweepMark
{
    /// <summary>Every run created until then was seen; null while the first look goes on.</summary>
    public DateTimeOffset? Covered { get; init; }

    /// <summary>Where the present look goes on; null between two looks.</summary>
    public DateTimeOffset? Reached { get; init; }

    /// <summary>Where the present look ends; null between two looks.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Agent runs that had not ended when seen and that no later look will list.</summary>
    public IReadOnlyList<long> Unfinished { get; init; } = [];

    /// <summary>Whether an alert tells that GitHub refuses the repository.</summary>
    public bool IsRefused { get; init; }
}
