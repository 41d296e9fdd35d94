using TokenLedger.Packing;

if (args.Length != 5)
{
    Console.Error.WriteLine("usage: PUBLISHED FUNCTIONS HOST.JSON PACKAGE-FOLDER PACKAGE.ZIP");
    return 2;
}

try
{
    PackageFolder.Write(published: args[0], functions: args[1], hostJson: args[2], package: args[3]);
    PackageZip.Write(args[3], args[4]);
    Console.WriteLine(args[4]);
    return 0;
}
catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"pack-functions: {failure.Message}");
    return 1;
}
