using System.CommandLine;
using System.Globalization;
using TokenLedger.Application.Reports;
using TokenLedger.Domain.Alerting;
using TokenLedger.Hosting.Alerting;
using TokenLedger.Hosting.Composition;
using TokenLedger.Providers.GitHub;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger alerts test</c>.</summary>
internal static class AlertsTestCommand
{
    public const string Example = "tokenledger alerts test --channel slack --config tokenledger.json";

    private static readonly Option<string?> Channel = new("--channel")
    {
        Description = "The name of a configured channel.",
        HelpName = "NAME",
        Required = true,
    };

    public static Command Create(CliHost host) =>
        new Command("test", "Send a test message by one channel; nothing is recorded.") { Channel }
            .Bind(host, ExecuteAsync);

    private static async Task<int> ExecuteAsync(CommandContext context)
    {
        using var sources = new ProviderSources(context.Configuration, new GitHubOptions(), context.Host.Time);
        var channels = AlertChannels.Of(
            context.Configuration.Alerts, sources,
            line => context.Host.Error.Write($"{SafeText.ForTerminal(line)}\n"));
        var name = context.Parse.GetValue(Channel);
        var channel = channels.FirstOrDefault(
            known => string.Equals(known.Configuration.Name, name, StringComparison.Ordinal))
            ?? throw CommandFailedException.WrongUsage(
                $"--channel: there is no channel '{name}'. Configured are "
                + $"{string.Join(", ", channels.Select(known => known.Configuration.Name))}.");
        var (reference, refusal) = await channel.SendAsync(
            EventAt(context.Host.Time.GetUtcNow()), reference: null, context.Cancellation);
        if (refusal is not null)
            throw new CommandFailedException(ExitCode.Failed, refusal.Message);
        var table = new Table(
            "Test message sent",
            [new("channel", "Channel"), new("reference", "Reference")],
            [[channel.Configuration.Name, reference]]);
        context.Results.Tables("tokenledger/alert-test/v1", table, [table]);
        return ExitCode.Done;
    }

    // One group for all tests: on GitHub they are comments of one issue.
    private static AlertEvent EventAt(DateTimeOffset now) => new()
    {
        Group = "test",
        GroupFrom = DateOnly.FromDateTime(now.UtcDateTime),
        Name = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture),
        Topic = "test",
        Kind = AlertEventKind.Operational,
        Severity = AlertSeverity.Info,
        Subject = "TokenLedger: test of a channel",
        Title = "This is a test: the channel works",
        Lines = [string.Create(CultureInfo.InvariantCulture, $"Sent at {now.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.")],
    };
}
