namespace TokenLedger.Application.Diagnosis;

/// <summary>What kind of GitHub credential a token is, as its first letters tell.</summary>
public enum CredentialKind
{
    /// <summary>The letters tell nothing.</summary>
    Unknown,

    /// <summary>A classic personal access token (<c>ghp_</c>, or 40 hexadecimal digits before 2021).</summary>
    Classic,

    /// <summary>A fine-grained personal access token (<c>github_pat_</c>).</summary>
    FineGrained,

    /// <summary>A token of an App's installation (<c>ghs_</c>).</summary>
    Installation,

    /// <summary>A token of a person for an App (<c>ghu_</c>).</summary>
    AppUser,

    /// <summary>A token of an OAuth application (<c>gho_</c>).</summary>
    OAuth,
}
