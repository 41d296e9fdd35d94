using System.Globalization;

namespace TokenLedger.Testing.Worlds.Views;

/// <summary>
/// Prints figures as the provider does: exact, or with the noise of a double behind the last digit that counts.
/// </summary>
internal static class BillFigures
{
    private const decimal UsdPerNanoCredit = 0.00000000001m;
    private const decimal CreditsPerNanoCredit = 0.000000001m;
    private const decimal Noise = 0.0000000000004m;

    public static string Usd(long nanoCredits, bool isNoisy) => Text(
        (nanoCredits * UsdPerNanoCredit) + (isNoisy && nanoCredits != 0 ? Noise : 0));

    public static string Credits(long nanoCredits) => Text(nanoCredits * CreditsPerNanoCredit);

    public static string Whole(long nanoCredits) => Text(decimal.Floor(nanoCredits * CreditsPerNanoCredit));

    public static string Text(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
