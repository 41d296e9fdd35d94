using TokenLedger.Domain.Headroom;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Headroom;

/// <summary>One reservation in the row.</summary>
internal sealed record HeldReservation
{
    public required string Id { get; init; }

    public required long NanoCredits { get; init; }

    public string? Host { get; init; }

    public long? RunId { get; init; }

    public int? Attempt { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public static HeldReservation Of(Reservation reservation) => new()
    {
        Id = reservation.Id,
        NanoCredits = reservation.NanoCredits,
        Host = reservation.Run?.Host,
        RunId = reservation.Run?.RunId,
        Attempt = reservation.Run?.Attempt,
        MadeAt = reservation.MadeAt,
        ExpiresAt = reservation.ExpiresAt,
    };

    public Reservation ToReservation() => new(
        Id, NanoCredits,
        Host is not null && RunId is { } run && Attempt is { } attempt ? new RunKey(Host, run, attempt) : null,
        MadeAt, ExpiresAt);
}
