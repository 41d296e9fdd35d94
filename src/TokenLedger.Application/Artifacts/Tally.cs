namespace TokenLedger.Application.Artifacts;

/// <summary>A sum of an artifact's exact figures. One unknown net makes the net of the sum unknown.</summary>
internal readonly record struct Tally(decimal AiCredits, decimal GrossUsd, decimal? NetUsd)
{
    public static readonly Tally Nothing = new(0, 0, 0);

    public static Tally Sum(IEnumerable<Tally> parts) => parts.Aggregate(Nothing, (sum, part) => sum + part);

    public static Tally operator +(Tally left, Tally right) =>
        new(left.AiCredits + right.AiCredits, left.GrossUsd + right.GrossUsd, left.NetUsd + right.NetUsd);

    /// <summary>Where two tallies of one thing differ.</summary>
    public IEnumerable<string> DifferencesTo(Tally stated, string subject)
    {
        if (stated.AiCredits != AiCredits)
            yield return FormattableString.Invariant(
                $"{subject}: billedAiCredits is {stated.AiCredits}, its parts add up to {AiCredits}.");
        if (stated.GrossUsd != GrossUsd)
            yield return FormattableString.Invariant(
                $"{subject}: billedGrossUsd is {stated.GrossUsd}, its parts add up to {GrossUsd}.");
        if (stated.NetUsd != NetUsd)
            yield return FormattableString.Invariant(
                $"{subject}: billedNetUsd is {Text(stated.NetUsd)}, its parts add up to {Text(NetUsd)}.");
    }

    private static string Text(decimal? figure) =>
        figure?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null";
}
