using TokenLedger.Storage.Tests.Contracts;

namespace TokenLedger.Storage.Tests.Sqlite;

public sealed class SqliteDeliveryLogContractTests() : DeliveryLogContract(new SqliteStorage());
