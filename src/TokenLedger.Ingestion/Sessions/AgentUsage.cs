using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Ingestion.Sessions;

/// <summary>
/// <c>agent_usage.json</c>: the agent phase in one object, router calls included. An explicit zero tells nothing.
/// </summary>
internal sealed record AgentUsage(decimal? AiCredits, string? PrimaryModel, SummaryModel Sums)
{
    /// <summary>What the file says; null after reporting why it says nothing.</summary>
    public static AgentUsage? Read(EvidenceFile file, Action<InputProblem> onProblem)
    {
        using var document = CompanionDocument.Read(file, onProblem);
        if (document is null)
            return null;
        var root = document.RootElement;
        try
        {
            var model = root.TextOf("primary_model");
            return new AgentUsage(root.AmountOf("ai_credits"), model, RunSummaryReader.ModelOf(root, model ?? ""));
        }
        catch (FormatException fault)
        {
            onProblem(new InputProblem(file.Path, null, EvidenceCodes.WrongFigure,
                $"agent_usage.json has a {fault.Message} that is no count of tokens; fetch it again."));
            return null;
        }
    }
}
