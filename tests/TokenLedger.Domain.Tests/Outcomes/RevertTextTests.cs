using TokenLedger.Domain.Outcomes;

namespace TokenLedger.Domain.Tests.Outcomes;

public sealed class RevertTextTests
{
    private const string Sha = "0123456789abcdef0123456789ABCDEF01234567";

    [Theory]
    [InlineData("Revert \"Fix the till\"", "Reverts acme/webshop#12", 12L)]
    [InlineData("Revert \"Fix the till\"", "It broke.\n\nReverts Acme/WebShop#12\n", 12L)]
    [InlineData("Revert \"Fix the till\"", "Reverts #12", 12L)]
    [InlineData("Revert \"Fix the till\"", "Reverts acme/webshop#12\nReverts acme/webshop#12", 12L)]
    [InlineData("Revert \"Fix the till\"", "Reverts acme/webshop#12\nReverts acme/webshop#13", null)]
    [InlineData("Revert \"Fix the till\"", "Reverts evil/webshop#12", null)]
    [InlineData("Revert \"Fix the till\"", "This Reverts acme/webshop#12", null)]
    [InlineData("Fix the till", "Reverts acme/webshop#12", null)]
    [InlineData("Revert \"Fix the till\"", null, null)]
    [InlineData(null, "Reverts acme/webshop#12", null)]
    [InlineData("Revert \"Fix the till\"", "Reverts acme/webshop#99999999999999999999", null)]
    public void A_pull_request_says_what_it_reverts(string? title, string? body, long? number) =>
        Assert.Equal(number, RevertText.RevertedNumber("acme/webshop", title, body));

    [Fact]
    public void A_commit_says_what_it_reverts()
    {
        Assert.Equal(
            [Sha.ToLowerInvariant()],
            RevertText.RevertedCommits($"Revert \"x\"\n\nThis reverts commit {Sha}.\nThis reverts commit {Sha}."));
        Assert.Empty(RevertText.RevertedCommits("This reverts commit 0123."));
        Assert.Empty(RevertText.RevertedCommits(null));
    }
}
