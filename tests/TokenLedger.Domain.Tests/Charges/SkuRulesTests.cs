using TokenLedger.Domain.Charges;

namespace TokenLedger.Domain.Tests.Charges;

public sealed class SkuRulesTests
{
    private const string AgentsPath = "dynamic/agents/copilot-pull-request-reviewer";
    private const string ReviewerPath = "dynamic/copilot-pull-request-reviewer/copilot-pull-request-reviewer";
    private const string WorkflowPath = ".github/workflows/triage.lock.yml";

    [Theory]
    [InlineData("copilot", "copilot_ai_credit", "ai-credits")]
    [InlineData("Copilot", "Copilot AI Credits", "credits")]
    [InlineData("copilot", "copilot_ai_credits", null)]
    [InlineData("copilot", "copilot_ai_unit", "ai-units")]
    [InlineData("copilot", "something_new", "AI-Credits")]
    [InlineData(null, "COPILOT-AI-UNITS", "")]
    public void Every_spelling_of_ai_credits_is_model_usage(string? product, string? sku, string? unit) => Assert.Equal(
        new SkuClass(SkuFamily.AiCredits, ChargeCategory.AgentOrPeople),
        SkuRules.Classify(new SkuText(product, sku, unit, "Claude Sonnet 5", null)));

    [Theory]
    [InlineData("copilot", "copilot_premium_request", "requests")]
    [InlineData("Copilot", "Copilot Premium Request", null)]
    [InlineData("copilot", "another", "requests")]
    public void Premium_requests_are_a_family_of_their_own(string? product, string? sku, string? unit) => Assert.Equal(
        new SkuClass(SkuFamily.PremiumRequests, ChargeCategory.AgentOrPeople),
        SkuRules.Classify(new SkuText(product, sku, unit, null, null)));

    [Theory]
    [InlineData("actions", "actions_linux", "minutes", SkuFamily.ActionsMinutes, ChargeCategory.ActionsMinutes)]
    [InlineData("Actions", "Actions Windows", "Minutes", SkuFamily.ActionsMinutes, ChargeCategory.ActionsMinutes)]
    [InlineData("actions", "actions_storage", "gigabyte-hours", SkuFamily.Other, ChargeCategory.Other)]
    [InlineData("codespaces", "codespaces_compute", "hours", SkuFamily.Other, ChargeCategory.Other)]
    [InlineData("models", "models_inference", "requests", SkuFamily.Other, ChargeCategory.Other)]
    [InlineData("copilot", "copilot_for_business", "user-months", SkuFamily.Other, ChargeCategory.Seats)]
    [InlineData("Copilot", "Copilot Enterprise", null, SkuFamily.Other, ChargeCategory.Seats)]
    [InlineData("copilot", "copilot_standalone", "seats", SkuFamily.Other, ChargeCategory.Seats)]
    [InlineData("git_lfs", "email credits", "gigabytes", SkuFamily.Other, ChargeCategory.Other)]
    [InlineData(null, null, null, SkuFamily.Other, ChargeCategory.Other)]
    public void What_is_no_model_usage_is_told_apart(
        string? product, string? sku, string? unit, SkuFamily family, ChargeCategory category) => Assert.Equal(
            new SkuClass(family, category), SkuRules.Classify(new SkuText(product, sku, unit, null, null)));

    [Theory]
    [InlineData("copilot", "copilot_ai_credit", "Code Review model", null, ChargeCategory.CodeReview)]
    [InlineData("copilot", "copilot_ai_credit", null, AgentsPath, ChargeCategory.CodeReview)]
    [InlineData("copilot", "copilot_ai_credit", null, ReviewerPath, ChargeCategory.CodeReview)]
    [InlineData("copilot", "copilot_ai_credit", "Coding Agent model", null, ChargeCategory.CloudAgent)]
    [InlineData("copilot", "coding_agent_ai_credit", "Claude Sonnet 5", null, ChargeCategory.CloudAgent)]
    [InlineData("copilot", "spark_ai_credit", "Claude Sonnet 5", null, ChargeCategory.Spark)]
    [InlineData("spark", "copilot_ai_credit", "Claude Sonnet 5", null, ChargeCategory.Spark)]
    [InlineData("copilot", "code_quality_ai_credit", null, null, ChargeCategory.Other)]
    [InlineData("copilot", "copilot_ai_credit", "Claude Sonnet 5", WorkflowPath, ChargeCategory.AgentOrPeople)]
    public void Ai_credits_that_no_workflow_causes_keep_their_category(
        string product, string sku, string? model, string? path, ChargeCategory category) => Assert.Equal(
            new SkuClass(SkuFamily.AiCredits, category),
            SkuRules.Classify(new SkuText(product, sku, "ai-credits", model, path)));

    [Theory]
    [InlineData("actions", "linux", "minute", SkuFamily.ActionsMinutes)]
    [InlineData("other", "actions_linux", "minutes", SkuFamily.ActionsMinutes)]
    [InlineData("other", "linux", "minutes", SkuFamily.Other)]
    [InlineData("actions", "actions_linux", "hours", SkuFamily.Other)]
    [InlineData("other", "ai_credits", null, SkuFamily.AiCredits)]
    [InlineData("other", "some_ai", null, SkuFamily.Other)]
    [InlineData("other", "credits_ai", null, SkuFamily.Other)]
    [InlineData("other", "ai_units", null, SkuFamily.AiCredits)]
    [InlineData("other", "ai_unit", null, SkuFamily.AiCredits)]
    [InlineData("other", "premium_requests", null, SkuFamily.PremiumRequests)]
    [InlineData("spark", "x", "request", SkuFamily.PremiumRequests)]
    [InlineData("other", "x", "requests", SkuFamily.Other)]
    public void Each_rule_holds_by_itself(string product, string sku, string? unit, SkuFamily family) =>
        Assert.Equal(family, SkuRules.Classify(new SkuText(product, sku, unit, null, null)).Family);

    [Theory]
    [InlineData("copilot_for_business", null, true)]
    [InlineData("copilot_business", null, true)]
    [InlineData("copilot_enterprise", null, true)]
    [InlineData("copilot_standalone", null, true)]
    [InlineData("copilot_new", "user", true)]
    [InlineData("copilot_new", "users", true)]
    [InlineData("copilot_new", "seat", true)]
    [InlineData("copilot_new", "seats", true)]
    [InlineData("copilot_new", "hours", false)]
    [InlineData("other_new", "seats", false)]
    [InlineData("other_for_business", null, false)]
    [InlineData("copilot_for_other", null, false)]
    public void A_seat_is_told_by_its_name_or_by_a_copilot_unit(string sku, string? unit, bool isSeat) => Assert.Equal(
        isSeat, SkuRules.Classify(new SkuText("copilot", sku, unit, null, null)).Category == ChargeCategory.Seats);

    [Theory]
    [InlineData("code_review_ai_credit", null, null, ChargeCategory.CodeReview)]
    [InlineData("copilot_ai_credit", "Code Review model", null, ChargeCategory.CodeReview)]
    [InlineData("copilot_ai_credit", "Code model", null, ChargeCategory.AgentOrPeople)]
    [InlineData("code_other_ai_credit", null, null, ChargeCategory.AgentOrPeople)]
    [InlineData("copilot_ai_credit", null, "/dynamic/agents/x", ChargeCategory.CodeReview)]
    [InlineData("copilot_ai_credit", "Coding Agent model", null, ChargeCategory.CloudAgent)]
    [InlineData("coding_agent_ai_credit", null, null, ChargeCategory.CloudAgent)]
    [InlineData("spark_ai_credit", null, null, ChargeCategory.Spark)]
    [InlineData("code_quality_ai_credit", null, null, ChargeCategory.Other)]
    public void What_the_credits_were_for_is_told_by_sku_model_or_path(string sku, string? model, string? path, ChargeCategory category) =>
        Assert.Equal(category, SkuRules.Classify(new SkuText("copilot", sku, "ai-credits", model, path)).Category);
}
