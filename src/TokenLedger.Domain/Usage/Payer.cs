namespace TokenLedger.Domain.Usage;

/// <summary>
/// Whose wallet a run draws on. Known from configuration or from the run's own record, never from the actor.
/// </summary>
/// <param name="Kind">The kind of payer; the default value is <see cref="PayerKind.Unknown"/>.</param>
/// <param name="Login">The user's login for <see cref="PayerKind.User"/>, else null.</param>
public readonly record struct Payer(PayerKind Kind, string? Login = null)
{
    /// <summary>The organisation pays (<c>copilot-requests: write</c>, no user on the bill).</summary>
    public static readonly Payer Organization = new(PayerKind.Organization);

    /// <summary>An API key of the team's own pays.</summary>
    public static readonly Payer Key = new(PayerKind.Key);

    /// <summary>Nobody said who pays.</summary>
    public static readonly Payer Unknown = new(PayerKind.Unknown);

    /// <summary>The owner of a personal access token pays.</summary>
    public static Payer User(string login) => new(PayerKind.User, login);

    /// <summary>
    /// Reads <c>organization</c>, <c>user:LOGIN</c>, <c>key</c> or <c>unknown</c>; null for anything else.
    /// </summary>
    public static Payer? Parse(string? text) => text switch
    {
        "organization" => Organization,
        "key" => Key,
        "unknown" => Unknown,
        { Length: > 5 } when text.StartsWith("user:", StringComparison.Ordinal) => User(text[5..]),
        _ => null,
    };

    /// <summary>The form that <see cref="Parse"/> reads.</summary>
    public override string ToString() => Kind switch
    {
        PayerKind.Organization => "organization",
        PayerKind.User => "user:" + Login,
        PayerKind.Key => "key",
        _ => "unknown",
    };
}
