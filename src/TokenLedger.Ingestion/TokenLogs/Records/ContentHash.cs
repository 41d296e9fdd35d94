using System.Buffers.Binary;
using System.Numerics;

namespace TokenLedger.Ingestion.TokenLogs.Records;

/// <summary>Fast hashes of bytes: 128 bits for identities, 64 bits for fingerprints. Not cryptographic.</summary>
/// <remarks>
/// Two lanes of 64 × 64 → 128 bit multiplication folded by xor, with independent odd constants. Chance makes two
/// ids of a run equal with a probability below 10⁻²⁴ at a million requests. Whoever forges a collision merges two
/// records of his own log, and since their content differs, the reuse is announced.
/// The values are never stored, so the function may change.
/// </remarks>
internal static class ContentHash
{
    private const ulong Lane0 = 0x9E37_79B9_7F4A_7C15;
    private const ulong Lane1 = 0xC2B2_AE3D_27D4_EB4F;
    private const ulong Key0 = 0xA076_1D64_78BD_642F;
    private const ulong Key1 = 0xE703_7ED1_A0B4_28DB;

    /// <summary>The 128-bit hash of a text under a seed.</summary>
    public static UInt128 Of(ReadOnlySpan<byte> text, ulong seed)
    {
        var first = seed ^ Lane0;
        var second = BitOperations.RotateLeft(seed, 32) ^ Lane1;
        var rest = text;
        while (rest.Length > 16)
        {
            Mix(BinaryPrimitives.ReadUInt64LittleEndian(rest), BinaryPrimitives.ReadUInt64LittleEndian(rest[8..]),
                ref first, ref second);
            rest = rest[16..];
        }

        var (low, high) = Tail(rest);
        Mix(low, high ^ (ulong)text.Length, ref first, ref second);
        return new UInt128(Fold(first, Key0 ^ second), Fold(second, Key1 ^ first));
    }

    /// <summary>Half of the hash.</summary>
    public static ulong HalfOf(ReadOnlySpan<byte> text) => unchecked((ulong)Of(text, 0));

    /// <summary>Stirs two more numbers into a fingerprint.</summary>
    public static ulong Stir(ulong hash, ulong first, ulong second) =>
        Fold(first ^ Key0, second ^ BitOperations.RotateLeft(hash, 23) ^ Lane1) ^ hash;

    private static void Mix(ulong low, ulong high, ref ulong first, ref ulong second)
    {
        // The old lane is kept by xor, so a factor of zero cannot wipe out what came before.
        first = Fold(low ^ Key0, high ^ first) ^ BitOperations.RotateLeft(first, 29);
        second = Fold(high ^ Key1, low ^ second) ^ BitOperations.RotateLeft(second, 31);
    }

    private static (ulong Low, ulong High) Tail(ReadOnlySpan<byte> rest)
    {
        if (rest.Length >= 8)
        {
            return (
                BinaryPrimitives.ReadUInt64LittleEndian(rest),
                BinaryPrimitives.ReadUInt64LittleEndian(rest[^8..]));
        }

        ulong low = 0;
        foreach (var letter in rest)
            low = (low << 8) | letter;
        return (low, 0);
    }

    private static ulong Fold(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }
}
