using TokenLedger.Application.Configuration;

namespace TokenLedger.Application.Registration;

/// <summary>An App that GitHub has just made. Its secrets are told this once.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Slug">Its name in addresses.</param>
/// <param name="PrivateKey">Its private key, PEM.</param>
/// <param name="WebhookSecret">What its deliveries are signed with; null when GitHub made none.</param>
public sealed record RegisteredApp(long Id, string Name, string Slug, Secret PrivateKey, Secret? WebhookSecret);
