using TokenLedger.Storage.Tests.Contracts;

namespace TokenLedger.Storage.Tests.Sqlite;

public sealed class SqliteUnseenUsageContractTests() : UnseenUsageContract(new SqliteStorage());
