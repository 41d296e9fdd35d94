using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TokenLedger.Application.Registration;
using TokenLedger.Hosting.Serving;

namespace TokenLedger.Hosting.Registration;

/// <summary>
/// The local end of making an App from a manifest: a page with a button, and the address that GitHub sends the browser
/// back to with a code. It listens on this machine alone, takes one code, and only beside the state it gave away.
/// </summary>
public sealed class RegistrationServer : IAsyncDisposable
{
    private const string CallbackPath = "/callback";

    // GitHub's codes have 40 letters.
    private const int CodeLengthMax = 200;

    private const int StateBytes = 32;

    // A page that was being sent is sent.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    private readonly WebApplication app;
    private readonly RegistrationText text;
    private readonly Uri target;
    private readonly AppManifest manifest;
    private readonly Action<string> log;
    private readonly string state;
    private readonly TaskCompletionSource<string> code = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<RegistrationOutcome> outcome =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RegistrationServer(
        WebApplication app, RegistrationText text, GitHubSite site, string? organization, AppManifest manifest,
        Action<string> log)
    {
        this.app = app;
        this.text = text;
        this.manifest = manifest;
        this.log = log;
        state = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(StateBytes));
        target = site.ManifestUrl(organization, state);
        app.Run(AnswerAsync);
    }

    /// <summary>Where the page is.</summary>
    public Uri Url => new(app.Urls.Single().TrimEnd('/') + "/");

    /// <summary>The code that GitHub sent.</summary>
    public Task<string> Code => code.Task;

    /// <summary>Starts it.</summary>
    /// <param name="port">The port; 0 for any free one.</param>
    /// <param name="text">What the page tells.</param>
    /// <param name="site">Where the App is made.</param>
    /// <param name="organization">Whose it will be; null for whoever is signed in.</param>
    /// <param name="manifest">The App.</param>
    /// <param name="log">Told one line at a time; from any thread.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="AddressUnavailableException">The port is taken.</exception>
    public static async Task<RegistrationServer> StartAsync(
        int port, RegistrationText text, GitHubSite site, string? organization, AppManifest manifest,
        Action<string> log, CancellationToken cancellation)
    {
        var listening = WebHost.Create([new Uri(FormattableString.Invariant($"http://127.0.0.1:{port}"))]);
        var server = new RegistrationServer(listening, text, site, organization, manifest, log);
        try
        {
            await listening.StartAsync(cancellation);
            return server;
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            await listening.DisposeAsync();
            throw new AddressUnavailableException(
                $"{failure.Message.TrimEnd('.')}. Name another port with --port, or leave it out.", failure);
        }
    }

    /// <summary>Tells the browser how it ended.</summary>
    public void Tell(RegistrationOutcome result) => outcome.TrySetResult(result);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        outcome.TrySetResult(new RegistrationOutcome(false, "The command has ended. Look at the terminal."));
        using var patience = new CancellationTokenSource(StopTimeout);
        await app.StopAsync(patience.Token);
        await app.DisposeAsync();
    }

    private Task AnswerAsync(HttpContext context)
    {
        // A page of another site may send its visitor's browser here under a name of its own.
        if (context.Request.Host.Host is not ("127.0.0.1" or "localhost"))
            return SayAsync(context, StatusCodes.Status403Forbidden, "Only this machine may ask", $"Open {Url}.");
        if (!HttpMethods.IsGet(context.Request.Method))
        {
            return SayAsync(
                context, StatusCodes.Status405MethodNotAllowed, "Nothing is sent here", $"Open {Url}.");
        }

        return context.Request.Path.Value switch
        {
            "/" => FormAsync(context),
            CallbackPath => TakeAsync(context),
            _ => SayAsync(context, StatusCodes.Status404NotFound, "Nothing is here", $"Open {Url}."),
        };
    }

    private Task FormAsync(HttpContext context)
    {
        var nonce = Head(context, StatusCodes.Status200OK, target.GetLeftPart(UriPartial.Authority));
        var json = manifest.ToJson(new Uri(Url, CallbackPath));
        return context.Response.WriteAsync(RegistrationPage.Form(text, target, json, nonce), context.RequestAborted);
    }

    private async Task TakeAsync(HttpContext context)
    {
        if (!IsOurs(context.Request.Query["state"].ToString()))
        {
            log("a browser came back with another state than was given away: its code was not used. Still waiting.");
            await SayAsync(
                context, StatusCodes.Status400BadRequest, "This is not the answer that was waited for",
                $"It belongs to another attempt, and its code was not used. Begin again at {Url}.");
            return;
        }

        var given = context.Request.Query["code"].ToString();
        if (given.Length is 0 or > CodeLengthMax || !given.All(char.IsAsciiLetterOrDigit))
        {
            log("a browser came back without a usable code. Still waiting.");
            await SayAsync(
                context, StatusCodes.Status400BadRequest, "GitHub sent no code", $"Begin again at {Url}.");
            return;
        }

        if (!code.TrySetResult(given))
        {
            await SayAsync(
                context, StatusCodes.Status409Conflict, "A code was taken already", "Look at the terminal.");
            return;
        }

        var result = await outcome.Task.WaitAsync(context.RequestAborted);
        await SayAsync(
            context, StatusCodes.Status200OK, result.IsDone ? "The App is there" : "It did not work", result.Message);
    }

    private bool IsOurs(string given) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(state)));

    private static Task SayAsync(HttpContext context, int status, string title, string message)
    {
        var nonce = Head(context, status, "'none'");
        return context.Response.WriteAsync(RegistrationPage.Message(title, message, nonce), context.RequestAborted);
    }

    // Nothing is loaded, nothing is framed, and a form goes to GitHub or nowhere.
    private static string Head(HttpContext context, int status, string formTarget)
    {
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'nonce-{nonce}'; form-action {formTarget}; base-uri 'none'; "
            + "frame-ancestors 'none'";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        return nonce;
    }
}
