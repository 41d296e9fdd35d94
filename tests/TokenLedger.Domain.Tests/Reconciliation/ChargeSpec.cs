using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Tests.Reconciliation;

/// <summary>One generated billed row. A null names nothing; an empty user is nobody.</summary>
public sealed record ChargeSpec(
    BillView View, string? Repository, string? Workflow, string? User, string? Model, TokenKind? Kind, string? Organization,
    long Gross, long? Net, bool IsCodeReview)
{
    internal void AddTo(Scenario scenario, string id) => scenario.Bill(
        AiCredits.FromNanoCredits(Gross),
        new ChargeDimensions
        {
            Repository = Dimension.ValueOrNotNamed(Repository),
            WorkflowPath = Dimension.ValueOrNotNamed(Workflow),
            User = User is null ? Dimension.NotNamed : Dimension.ValueOrNobody(User),
            Model = Dimension.ValueOrNotNamed(Model),
            TokenKind = Kind,
            Organization = Dimension.ValueOrNotNamed(Organization),
        },
        Net is { } net ? AiCredits.FromNanoCredits(net) : null,
        View,
        IsCodeReview ? ChargeCategory.CodeReview : ChargeCategory.AgentOrPeople,
        id: id);
}
