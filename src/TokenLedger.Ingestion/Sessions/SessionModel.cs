using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Sessions;

/// <summary>One model's tokens in a session's own totals, kinds disjoint.</summary>
/// <param name="Name">The model as the session spells it; null where the session does not tell models apart.</param>
/// <param name="Tokens">The tokens.</param>
/// <param name="Requests">The requests; 0 where unknown.</param>
/// <param name="HasMoney">Whether the session booked money under this name.</param>
internal sealed record SessionModel(string? Name, TokenCounts Tokens, long Requests, bool HasMoney);
