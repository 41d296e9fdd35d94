using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using TokenLedger.Testing.GitHub.Accounts;
using TokenLedger.Testing.GitHub.Actions;

namespace TokenLedger.Testing.GitHub.Apps;

/// <summary>The one App that the fake GitHub knows.</summary>
public sealed class FakeApp : IDisposable
{
    private readonly Estate estate;
    // Only who asks for it pays for its making.
    private readonly Lazy<RSA> key = new(() => RSA.Create(2048));
    private readonly ConcurrentDictionary<string, InstallationToken> tokens = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> manifestCodes = new(StringComparer.Ordinal);
    private ImmutableList<FakeInstallation> installations = [];
    private int issued;

    internal FakeApp(Estate estate) => this.estate = estate;

    /// <summary>Its id.</summary>
    public long Id { get; } = 1_234_567;

    /// <summary>Its client id, which it may name itself by as well.</summary>
    public string ClientId { get; } = "Iv23liFakeFakeFake01";

    /// <summary>Its name in addresses.</summary>
    public string Slug { get; } = "tokenledger-fake";

    /// <summary>Its private key as GitHub hands it out: PEM of PKCS #1.</summary>
    public string PrivateKey => key.Value.ExportRSAPrivateKeyPem();

    /// <summary>What its webhooks are signed with.</summary>
    public string WebhookSecret { get; set; } = "the fake App's webhook secret";

    /// <summary>What an installation allows unless it is said otherwise.</summary>
    public Dictionary<string, string> Permissions { get; } = new(StringComparer.Ordinal)
    {
        ["actions"] = "read",
        ["metadata"] = "read",
    };

    /// <summary>What it is sent.</summary>
    public List<string> Events { get; } = ["workflow_run"];

    /// <summary>How long an installation's token lasts.</summary>
    public TimeSpan TokensLast { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Where it is installed.</summary>
    public IReadOnlyList<FakeInstallation> Installations => installations;

    /// <summary>The last token that was given out.</summary>
    public string LastToken { get; private set; } = "";

    /// <summary>What the last token may.</summary>
    public IReadOnlyDictionary<string, string> LastPermissions { get; private set; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Installs it on an organisation: on all its repositories, or on those that are named.</summary>
    public FakeInstallation Install(string organization, params FakeRepository[] repositories)
    {
        var added = new FakeInstallation(
            estate, estate.NextId(), estate.AccountOf(organization), repositories, Permissions);
        ImmutableInterlocked.Update(ref installations, list => list.Add(added));
        return added;
    }

    /// <summary>A code as GitHub gives after an App was made from a manifest: good once, for an hour.</summary>
    public string NewManifestCode()
    {
        var code = string.Create(CultureInfo.InvariantCulture, $"code{manifestCodes.Count:x36}");
        manifestCodes[code] = estate.Time.GetUtcNow() + TimeSpan.FromHours(1);
        return code;
    }

    /// <summary>What the App proves itself with, for nine minutes.</summary>
    public string NewJwt(DateTimeOffset now) => AppJwt.Create(Id, now, Sign);

    /// <summary>Ends every token of an installation before its time.</summary>
    public void RevokeTokens() => tokens.Clear();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (key.IsValueCreated)
            key.Value.Dispose();
    }

    private byte[] Sign(byte[] text) =>
        key.Value.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    internal bool Verify(byte[] signed, byte[] signature) =>
        key.Value.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    internal bool TakeManifestCode(string code) =>
        manifestCodes.TryRemove(code, out var until) && until > estate.Time.GetUtcNow();

    internal InstallationToken? TokenOf(string text) => tokens.GetValueOrDefault(text);

    internal FakeInstallation? InstallationOf(FakeRepository repository) =>
        installations.Find(item => !item.IsUninstalled && item.Has(repository));

    internal InstallationToken Issue(
        FakeInstallation installation, IReadOnlyDictionary<string, string> permissions,
        IReadOnlySet<long>? repositoryIds)
    {
        var number = Interlocked.Increment(ref issued);
        var token = new InstallationToken(
            string.Create(CultureInfo.InvariantCulture, $"ghs_{installation.Id}onlyTheFakeOneKnows{number:d6}"),
            installation, estate.Time.GetUtcNow() + TokensLast, permissions, repositoryIds);
        tokens[token.Text] = token;
        (LastToken, LastPermissions) = (token.Text, permissions);
        return token;
    }
}
