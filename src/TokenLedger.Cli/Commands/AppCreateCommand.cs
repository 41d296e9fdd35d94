using System.CommandLine;
using System.Text;
using TokenLedger.Application.Registration;
using TokenLedger.Cli.Registration;
using TokenLedger.Hosting.Registration;
using TokenLedger.Hosting.Serving;
using TokenLedger.Providers.GitHub;
using TokenLedger.Providers.GitHub.Registration;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger app create</c>.</summary>
internal static class AppCreateCommand
{
    public const string Example =
        "tokenledger app create --org acme --webhook-url https://ledger.acme.example\n"
        + "tokenledger app create --org acme --webhook-url https://ledger.acme.example --manifest app.json";

    // GitHub gives an hour from the button to the exchange of the code.
    private const long MinutesMax = 60;

    private static readonly AppCreateOptions Options = new();

    public static Command Create(CliHost host)
    {
        var command = new Command(
            "create",
            "Make a GitHub App with the least permissions (Actions: read, Metadata: read) from a page on this machine, "
            + "and store its key and webhook secret in files that only you may read. Exit code 1: no answer in time, "
            + "the code had expired, a port or file could not be used; 2: a file is there already.");
        Options.AddTo(command);
        return command.Bind(host, ExecuteAsync);
    }

    private static async Task<int> ExecuteAsync(CommandContext context)
    {
        var order = Options.Read(context);
        if (order.ManifestPath is { } path)
        {
            context.Results.WriteFile(path, Encoding.UTF8.GetBytes(order.Manifest.ToJson(redirectUrl: null)));
            var (flat, shown) = AppTables.ForThoseWhoClick(order);
            context.Results.Tables(AppTables.Schema, flat, [shown]);
            return ExitCode.Done;
        }

        using var files = AppFiles.Reserve(order.KeyPath, order.SecretPath, order.EnvironmentPath);
        var app = await RegisterAsync(context, order, files);
        var result = AppTables.Of(order, app, files);
        context.Results.Tables(AppTables.Schema, result, [result]);
        return ExitCode.Done;
    }

    private static async Task<RegisteredApp> RegisterAsync(CommandContext context, AppOrder order, AppFiles files)
    {
        var error = TextWriter.Synchronized(context.Host.Error);
        try
        {
            await using var server = await RegistrationServer.StartAsync(
                order.Port, AppTables.PageOf(order, files), order.Site, order.Organization, order.Manifest,
                line => error.Write($"tokenledger: {line}\n"), context.Cancellation);
            // Never silent: without the address nothing goes on.
            error.Write($"tokenledger: open {server.Url} and press the button there. Ctrl-C stops.\n");
            if (order.OpensBrowser)
                context.Host.Environment.OpenBrowser?.Invoke(server.Url);
            var code = await WaitAsync(server, order, context);
            try
            {
                var app = await ExchangeAsync(order, code, context.Host.Time);
                files.Keep(app, order.Site);
                server.Tell(new RegistrationOutcome(true, "Its key is stored. Go on in the terminal."));
                return app;
            }
            catch (Exception failure) when (failure is CommandFailedException or IOException)
            {
                server.Tell(new RegistrationOutcome(false, failure.Message));
                throw;
            }
        }
        catch (AddressUnavailableException failure)
        {
            throw new CommandFailedException(ExitCode.Failed, failure.Message);
        }
    }

    private static async Task<string> WaitAsync(RegistrationServer server, AppOrder order, CommandContext context)
    {
        try
        {
            return await server.Code.WaitAsync(order.TimeOut, context.Host.Time, context.Cancellation);
        }
        catch (TimeoutException)
        {
            throw new CommandFailedException(
                ExitCode.Failed,
                FormattableString.Invariant($"nobody came back from GitHub within {order.TimeOut.TotalMinutes:0} ")
                + "minutes: nothing was stored. Run it again, or use --manifest and click.");
        }
    }

    // From here on Ctrl-C waits: the App is there, and its key is told once.
    private static async Task<RegisteredApp> ExchangeAsync(AppOrder order, string code, TimeProvider time)
    {
        using var github = new GitHubConnection(time, new GitHubOptions());
        var (app, refusal) = await new GitHubAppRegistrar(github, order.Site.ApiUrl)
            .ExchangeAsync(code, CancellationToken.None);
        return app ?? throw new CommandFailedException(ExitCode.Failed, refusal!.Message);
    }

    internal static TimeSpan TimeOutOf(long? minutes) => minutes switch
    {
        null => TimeSpan.FromMinutes(MinutesMax),
        <= MinutesMax => TimeSpan.FromMinutes(minutes.Value),
        _ => throw CommandFailedException.WrongUsage(
            "--timeout is over 60 minutes: GitHub's code does not last longer."),
    };
}
