using System.Globalization;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Registration;

namespace TokenLedger.Cli.Registration;

/// <summary>The files that an App's secrets go to.</summary>
internal sealed class AppFiles : IDisposable
{
    private readonly SecretFile key;
    private readonly SecretFile? secret;
    private readonly SecretFile? environment;

    private AppFiles(SecretFile key, SecretFile? secret, SecretFile? environment)
    {
        this.key = key;
        this.secret = secret;
        this.environment = environment;
    }

    public string KeyFile => key.FullName;

    public string? SecretFile => secret?.FullName;

    public string? EnvironmentFile => environment?.FullName;

    /// <summary>Makes the files, all or none.</summary>
    public static AppFiles Reserve(string keyPath, string? secretPath, string? environmentPath)
    {
        var made = new List<SecretFile>();
        try
        {
            foreach (var (option, path) in new[]
            {
                ("--key-file", keyPath), ("--secret-file", secretPath), ("--env-file", environmentPath),
            })
            {
                if (path is not null)
                    made.Add(Registration.SecretFile.Reserve(option, path));
            }
        }
        catch
        {
            made.ForEach(file => file.Dispose());
            throw;
        }

        return new AppFiles(
            made[0], secretPath is null ? null : made[1], environmentPath is null ? null : made[^1]);
    }

    /// <summary>Writes them; the key first, which GitHub tells only now.</summary>
    public void Keep(RegisteredApp app, GitHubSite site)
    {
        key.Keep(app.PrivateKey.Reveal());
        // Whoever reads it takes the text as it is: no line end.
        if (app.WebhookSecret is { } given)
            secret?.Keep(given.Reveal());
        environment?.Keep(string.Concat(Variables(app, site).Select(pair => $"{pair.Name}={Quoted(pair.Value)}\n")));
    }

    public void Dispose()
    {
        key.Dispose();
        secret?.Dispose();
        environment?.Dispose();
    }

    /// <summary>Whether a value can stand in an environment file.</summary>
    public static bool IsQuotable(string value) => !value.Any(letter => letter is '\'' or '\n' or '\r');

    private IEnumerable<(string Name, string Value)> Variables(RegisteredApp app, GitHubSite site)
    {
        if (site.ApiUrl != GitHubConfiguration.PublicApiUrl)
            yield return ("TokenLedger__GitHub__ApiUrl", site.ApiUrl.AbsoluteUri);
        yield return ("TokenLedger__GitHub__AppId", app.Id.ToString(CultureInfo.InvariantCulture));
        yield return ("TokenLedger__GitHub__PrivateKey", KeyFile);
        if (app.WebhookSecret is { } given && IsQuotable(given.Reveal()))
            yield return ("TokenLedger__GitHub__WebhookSecrets__0", given.Reveal());
    }

    // Plain where it can be: not everything that reads such files knows quotes.
    private static string Quoted(string value) =>
        value.All(letter => char.IsAsciiLetterOrDigit(letter) || "/._-:@+\\".Contains(letter, StringComparison.Ordinal))
            ? value
            : $"'{value}'";
}
