using TokenLedger.Application.Explaining;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Tests.Explaining;

public sealed class ExplanationWordsTests
{
    [Fact]
    public void Every_reason_of_a_grade_is_a_sentence() => Assert.All(
        ConfidenceReason.All, code => Assert.EndsWith(".", ExplanationWords.OfConfidenceReason(code), StringComparison.Ordinal));

    [Fact]
    public void A_reason_of_a_later_version_is_told_as_it_is_stored() =>
        Assert.Equal("not-yet-invented", ExplanationWords.OfConfidenceReason("not-yet-invented"));

    [Fact]
    public void Every_value_has_its_words()
    {
        Assert.All(Enum.GetValues<AllocationMethod>(), value => Assert.NotEmpty(ExplanationWords.Of(value)));
        Assert.All(Enum.GetValues<Confidence>(), value => Assert.NotEmpty(ExplanationWords.Of(value)));
        Assert.All(Enum.GetValues<UnallocatedReason>(), value => Assert.NotEmpty(ExplanationWords.Of(value)));
        Assert.All(Enum.GetValues<UnpricedReason>(), value => Assert.NotEmpty(ExplanationWords.Of(value)));
        Assert.All(Enum.GetValues<SettlementReason>(), value => Assert.NotEmpty(ExplanationWords.Of(value)));
        Assert.All(Enum.GetValues<UsageEvidence>(), value => Assert.NotEmpty(ExplanationWords.Of(value)));
        Assert.All(TokenCounts.Kinds, kind => Assert.NotEmpty(ExplanationWords.Of(kind)));
    }
}
