using TokenLedger.Ingestion;

namespace TokenLedger.Application.Reports;

/// <summary>What was not taken, one row each.</summary>
public static class ProblemTable
{
    /// <summary>The table.</summary>
    public static Table Of(string title, IReadOnlyList<InputProblem> problems) => new(
        title,
        [new("source", "Source"), new("line", "Line", ColumnKind.Count), new("code", "Code"),
            new("message", "Message")],
        [.. problems.Select(
            problem => (IReadOnlyList<Cell>)[problem.Source, problem.Line, problem.Code, problem.Message])]);
}
