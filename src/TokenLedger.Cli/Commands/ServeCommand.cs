using System.CommandLine;
using TokenLedger.Application.Reports;
using TokenLedger.Hosting.Composition;
using TokenLedger.Hosting.Serving;
using TokenLedger.Hosting.Telemetry;
using TokenLedger.Providers.GitHub;
using TokenLedger.Storage.Sqlite;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger serve</c>.</summary>
internal static class ServeCommand
{
    public const string Example =
        "tokenledger serve --inbox ./inbox\n"
        + "TokenLedger__GitHub__WebhookSecrets__0=... tokenledger serve --urls http://127.0.0.1:7071";

    private const string DefaultUrl = "http://127.0.0.1:7071";

    private static readonly Option<string?> Urls = CommonOptions.Text(
        "--urls", "URL", $"Where to listen; several joined by ';' (default: {DefaultUrl}). Beyond this machine a key "
            + "is needed: TokenLedger__Serve__ApiKey.");
    private static readonly Option<string?> Inbox = CommonOptions.Text(
        "--inbox", "DIR", "A folder to take token logs and artifacts from; what is taken moves to DIR/.taken.");
    private static readonly Option<string?> Prices = PricesOption.Create();

    public static Command Create(CliHost host) =>
        new Command("serve", "Run the service on this machine: webhook, HTTP API, workers, timers, inbox.")
        {
            Urls, Inbox, Prices,
        }.Bind(host, ExecuteAsync);

    private static async Task<int> ExecuteAsync(CommandContext context)
    {
        var options = OptionsOf(context);
        var prices = context.ReadPrices(Prices);
        var time = context.Host.Time;
        await using var storage = new SqliteLedgerStorage(context.LedgerPath, time);
        using var sources = new ProviderSources(context.Configuration, new GitHubOptions(), time);
        // One writer at a time: workers speak from several threads.
        var error = TextWriter.Synchronized(context.Host.Error);
        void Tell(string line) => error.Write($"tokenledger: {SafeText.ForTerminal(line)}\n");
        // An alert is no warning of the program: --quiet does not silence it.
        Action<string> say = context.IsQuiet ? static _ => { } : Tell;
        var services = new LedgerServices(storage, context.Configuration, prices, sources, time, Tell);
        OtlpExport? export = null;
        try
        {
            await new LedgerServer(options, services, storage.Receiver, prices, say, time).RunAsync(
                addresses =>
                {
                    export = OtlpExport.Start("tokenledger-serve", context.Host.Environment.Variables);
                    say($"listening on {string.Join(", ", addresses)}; ledger {context.LedgerPath}. Ctrl-C stops.");
                    if (options.WebhookSecrets.Count == 0)
                        say("no webhook: set TokenLedger__GitHub__WebhookSecrets__0 to take GitHub's deliveries.");
                },
                context.Cancellation);
        }
        catch (AddressUnavailableException failure)
        {
            throw new CommandFailedException(ExitCode.Failed, failure.Message);
        }
        finally
        {
            export?.Flush();
            export?.Dispose();
        }

        say("stopped.");
        return ExitCode.Done;
    }

    private static ServeOptions OptionsOf(CommandContext context)
    {
        var options = new ServeOptions(
            [.. (context.Parse.GetValue(Urls) ?? DefaultUrl).Split(';', StringSplitOptions.RemoveEmptyEntries)
                .Select(UrlOf)],
            InboxOf(context.Parse.GetValue(Inbox)),
            context.Configuration.ServeApiKey,
            context.Configuration.GitHub.WebhookSecrets);
        if (options.Urls.Count == 0)
            throw CommandFailedException.WrongUsage("--urls names no address.");
        if (!options.IsLoopback && options.ApiKey is null)
            throw CommandFailedException.WrongUsage(
                "--urls can be reached from other machines: set a key in TokenLedger__Serve__ApiKey, or listen on "
                + "127.0.0.1.");
        return options;
    }

    // ASP.NET writes * or + for every address of the machine.
    private static Uri UrlOf(string text)
    {
        var address = text.Replace("//*", "//0.0.0.0", StringComparison.Ordinal)
            .Replace("//+", "//0.0.0.0", StringComparison.Ordinal);
        return Uri.TryCreate(address, UriKind.Absolute, out var url) && ServeOptions.IsUsable(url)
            ? url
            : throw CommandFailedException.WrongUsage(
                $"--urls: '{text}' is not http://ADDRESS:PORT with an IP address, localhost or *; for TLS put a "
                + "reverse proxy in front.");
    }

    private static string? InboxOf(string? folder)
    {
        if (folder is null)
            return null;
        return Directory.Exists(folder)
            ? Path.GetFullPath(folder)
            : throw CommandFailedException.WrongUsage($"--inbox: {folder} is no folder: make it, or name another.");
    }
}
