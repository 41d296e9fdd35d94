using TokenLedger.Application.Configuration;

namespace TokenLedger.Application.Diagnosis;

/// <summary>Tells kinds of GitHub credentials (GitHub's documentation of token formats, 2026-10).</summary>
internal static class CredentialKinds
{
    private const int OldTokenLength = 40;

    private static readonly (string Prefix, CredentialKind Kind)[] Prefixes =
    [
        ("github_pat_", CredentialKind.FineGrained), ("ghp_", CredentialKind.Classic),
        ("ghs_", CredentialKind.Installation), ("ghu_", CredentialKind.AppUser), ("gho_", CredentialKind.OAuth),
    ];

    /// <summary>The kind of a token.</summary>
    public static CredentialKind Of(Secret token)
    {
        var text = token.Reveal();
        foreach (var (prefix, kind) in Prefixes)
        {
            if (text.StartsWith(prefix, StringComparison.Ordinal))
                return kind;
        }

        return text.Length == OldTokenLength && text.All(char.IsAsciiHexDigit)
            ? CredentialKind.Classic
            : CredentialKind.Unknown;
    }

    /// <summary>The kind in words, with its article.</summary>
    public static string Text(CredentialKind kind) => kind switch
    {
        CredentialKind.Classic => "a classic token",
        CredentialKind.FineGrained => "a fine-grained token",
        CredentialKind.Installation => "an installation token of a GitHub App",
        CredentialKind.AppUser => "a user token of a GitHub App",
        CredentialKind.OAuth => "a token of an OAuth application",
        _ => "a token of an unknown kind",
    };

    /// <summary>Whether some billing endpoint is documented or reported to refuse every token of the kind.</summary>
    public static bool IsDoubtfulForBilling(CredentialKind kind) =>
        kind is CredentialKind.FineGrained or CredentialKind.Installation or CredentialKind.AppUser;
}
