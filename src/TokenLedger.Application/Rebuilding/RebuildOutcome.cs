using TokenLedger.Ingestion;

namespace TokenLedger.Application.Rebuilding;

/// <summary>What a rebuild found and made.</summary>
/// <param name="Runs">Runs that the archive holds files of.</param>
/// <param name="RunsMade">Of them, those whose rows were missing or were made of other files.</param>
/// <param name="Bills">Raw bills.</param>
/// <param name="LooksMade">Looks at a day that were missing.</param>
/// <param name="Days">UTC days with runs or a bill.</param>
/// <param name="DaysMade">Accounts' days that were missing or made of other input.</param>
/// <param name="Problems">What could not be taken.</param>
public sealed record RebuildOutcome(
    int Runs, int RunsMade, int Bills, int LooksMade, int Days, int DaysMade, IReadOnlyList<InputProblem> Problems);
