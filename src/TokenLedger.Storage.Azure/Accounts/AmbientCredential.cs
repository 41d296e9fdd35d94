using Azure.Core;
using Azure.Identity;

namespace TokenLedger.Storage.Azure.Accounts;

/// <summary>The identity of where the program runs: a managed identity, or a developer's sign-in.</summary>
/// <remarks>Built at the first token, not at start: looking for identities takes about 0.1 s.</remarks>
public sealed class AmbientCredential : TokenCredential
{
    private readonly Lazy<TokenCredential> credential = new(() => new DefaultAzureCredential());

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        credential.Value.GetToken(requestContext, cancellationToken);

    public override ValueTask<AccessToken> GetTokenAsync(
        TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        credential.Value.GetTokenAsync(requestContext, cancellationToken);
}
