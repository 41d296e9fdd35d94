using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Tests.Reconciliation;

/// <summary>One generated run. State 0 has no telemetry, 1 is unpriced, 2 is worth nothing.</summary>
public sealed record RunSpec(
    string Repository, string? Workflow, string Model, Payer Payer, Channel Channel, int State, long Input, long Output, long Read)
{
    internal void AddTo(Scenario scenario, long id)
    {
        switch (State)
        {
            case 0:
                scenario.SilentRun(id, Repository, Workflow, Payer);
                break;
            case 1:
                scenario.Run(id, null, Model, Repository, Workflow, Payer, Channel, new TokenCounts(Input % 1000, Output % 1000, Read % 1000));
                break;
            default:
                var worth = State == 2 ? 0 : 1;
                scenario.Run(id, null, Model, Repository, Workflow, Payer, Channel, kinds: new KindCredits(
                    worth * AiCredits.FromNanoCredits(Input), worth * AiCredits.FromNanoCredits(Output), worth * AiCredits.FromNanoCredits(Read), 0, 0));

                // Some runs have slices that differ in one part of their key only.
                if (Output % 2 == 1)
                    AddSibling(scenario, id, Model, Phase.Detection);
                if (Input % 3 == 1)
                    AddSibling(scenario, id, Model == "gpt-5-5" ? "claude-sonnet-5" : "gpt-5-5", Phase.Agent);
                break;
        }
    }

    private void AddSibling(Scenario scenario, long id, string model, Phase phase) => scenario.Run(
        id, null, model, Repository, Workflow, Payer, Channel, kinds: new KindCredits(AiCredits.FromNanoCredits(Read), 0, 0, 0, 0), phase: phase);
}
