using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using TokenLedger.Application.Configuration;

namespace TokenLedger.Providers.Tests;

public sealed class SecretTests
{
    private const string Text = "ghp_secret";

    [Fact]
    public void A_secret_shows_itself_neither_as_text_nor_as_JSON()
    {
        var options = new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
        var source = new SourceConfiguration { Name = "a", Kind = "github", Token = new Secret(Text) };
        var ledger = new LedgerConfiguration
        {
            Sources = [source],
            GitHub = new GitHubConfiguration { Token = new Secret(Text), WebhookSecrets = [new Secret(Text)] },
            Alerts = new AlertsConfiguration
            {
                Channels = [new() { Name = "a", Kind = AlertChannelKind.Slack, Url = new Secret(Text) }],
            },
            Azure = new AzureStorageConfiguration { ConnectionString = new Secret(Text) },
        };

        string[] shown =
        [
            source.ToString(), ledger.ToString(), ledger.GitHub.ToString(), ledger.Azure.ToString(),
            ledger.Alerts.ToString(), ledger.Alerts.Channels[0].ToString(),
            $"{source.Token}", string.Create(null, $"{new Secret(Text)}"),
            JsonSerializer.Serialize(source, options), JsonSerializer.Serialize(ledger, options),
        ];

        Assert.All(shown, text => Assert.DoesNotContain(Text, text));
        Assert.Contains("***", shown[0]);
        Assert.Equal(Text, source.Token!.Reveal());
        Assert.Equal(new Secret(Text), source.Token);
        Assert.NotEqual(new Secret("other"), source.Token);
    }
}
