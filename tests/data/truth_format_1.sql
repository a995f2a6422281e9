BEGIN TRANSACTION;
CREATE TABLE assertion (
	id INTEGER NOT NULL, 
	dataset VARCHAR NOT NULL, 
	hash BLOB NOT NULL, 
	from_version INTEGER NOT NULL, 
	to_version INTEGER, 
	"table" VARCHAR NOT NULL, 
	"row" INTEGER NOT NULL, 
	cls VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	source VARCHAR, 
	target VARCHAR, 
	props JSON NOT NULL, 
	sources JSON NOT NULL, 
	seen_at VARCHAR, 
	valid_from VARCHAR, 
	valid_to VARCHAR, 
	standing VARCHAR NOT NULL, 
	confidence FLOAT, 
	note TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(dataset) REFERENCES dataset (id)
);
INSERT INTO "assertion" VALUES(1,'mine',X'D8CD12B5C8EAF2252752BC23F8DDBA99',1,NULL,'chains.csv',2,'Chain','chain/x',NULL,NULL,'{"name": "\u65b0\u80fd\u6e90"}','["source/a"]',NULL,NULL,NULL,'verified',NULL,NULL);
INSERT INTO "assertion" VALUES(2,'mine',X'69EE92E9590561374423169BB0E17D61',1,NULL,'firms.csv',2,'Firm','firm/one',NULL,NULL,'{"name": "\u4e00\u53f7\u516c\u53f8"}','["source/a"]',NULL,NULL,NULL,'unverified',NULL,NULL);
INSERT INTO "assertion" VALUES(3,'mine',X'1B5F63A281594622779100A8CF119146',1,NULL,'firms.csv',2,'LOCATED_IN','4ae2da27c2bbd5b8970e3834','firm/one','place/360900','{}','["source/a"]',NULL,NULL,NULL,'unverified',NULL,NULL);
INSERT INTO "assertion" VALUES(4,'mine',X'87B96D51077AA40C0A997E198F9F95D1',1,NULL,'firms.csv',3,'Firm','firm/two',NULL,NULL,'{"name": "\u4e8c\u53f7\u96c6\u56e2"}','["source/c"]',NULL,NULL,NULL,'unverified',NULL,NULL);
INSERT INTO "assertion" VALUES(5,'mine',X'9D4827C9EDC70E1453BD9FDE0660CC9E',1,NULL,'firms.csv',3,'LOCATED_IN','7a8aff8d07d84bdb9a54d574','firm/two','place/360000','{}','["source/c"]',NULL,NULL,NULL,'unverified',NULL,NULL);
INSERT INTO "assertion" VALUES(6,'mine',X'0B21EE3A20B140C76927FA9D752E75A9',1,NULL,'input_to.csv',2,'INPUT_TO','ca0584cea1102f61b8c8314f','segment/x/salt','segment/x/cell','{"input": "\u78b3\u9178\u9502", "criticality": "required"}','[]',NULL,NULL,NULL,'unverified',NULL,NULL);
INSERT INTO "assertion" VALUES(7,'mine',X'0CF5C766B56F6616021CD6323AB2AE27',1,NULL,'places.csv',2,'Place','place/360000',NULL,NULL,'{"name": "\u6c5f\u897f\u7701", "code": "360000", "level": "province"}','[]',NULL,NULL,NULL,'unverified',NULL,NULL);
INSERT INTO "assertion" VALUES(8,'mine',X'8967B405B79413D3465CAF6E868390AF',1,NULL,'places.csv',3,'Place','place/360900',NULL,NULL,'{"name": "\u5b9c\u6625\u5e02", "code": "360900", "level": "city"}','[]',NULL,NULL,NULL,'unverified',NULL,NULL);
INSERT INTO "assertion" VALUES(9,'mine',X'82815F6FD20A46CEE10601617627F807',1,NULL,'places.csv',3,'WITHIN','875e2a75fdeb691caa212576','place/360900','place/360000','{}','[]',NULL,NULL,NULL,'unverified',NULL,NULL);
INSERT INTO "assertion" VALUES(10,'mine',X'1315B7E18D0ECC3746BA2E4057424D19',1,NULL,'segments.csv',2,'Segment','segment/x/salt',NULL,NULL,'{"name": "\u9502\u76d0", "position": "upstream"}','[]',NULL,NULL,NULL,'unverified',NULL,NULL);
INSERT INTO "assertion" VALUES(11,'mine',X'44EFB2AD75DC4891888BD73E3AE7F645',1,NULL,'segments.csv',2,'HAS_SEGMENT','ef95bcc5b85f6e3b2e891e83','chain/x','segment/x/salt','{}','[]',NULL,NULL,NULL,'unverified',NULL,NULL);
INSERT INTO "assertion" VALUES(12,'mine',X'E811C148F71DD0236EDB72661A31737D',1,NULL,'segments.csv',3,'Segment','segment/x/cell',NULL,NULL,'{"name": "\u7535\u82af", "position": "midstream"}','[]',NULL,NULL,NULL,'unverified',NULL,NULL);
INSERT INTO "assertion" VALUES(13,'mine',X'7240F03CEF6639694E9C7A7C5A4574C7',1,NULL,'segments.csv',3,'HAS_SEGMENT','c36ff5ebe9243e5e84dda819','chain/x','segment/x/cell','{}','[]',NULL,NULL,NULL,'unverified',NULL,NULL);
INSERT INTO "assertion" VALUES(14,'mine',X'6C23FC8EA7B7585DAE79DD0629394F14',1,NULL,'sites.csv',2,'Site','site/two-a',NULL,NULL,'{"name": "\u7532\u57fa\u5730"}','[]',NULL,NULL,NULL,'unverified',NULL,NULL);
INSERT INTO "assertion" VALUES(15,'mine',X'3311D1FB05D08CBCE55D92FEB595D4EA',1,NULL,'sites.csv',2,'OPERATES','f61c4ccaa9b75a7a21353ea9','firm/two','site/two-a','{}','[]',NULL,NULL,NULL,'unverified',NULL,NULL);
INSERT INTO "assertion" VALUES(16,'mine',X'8BAEB409AD7C90F8049A399D273411DB',1,NULL,'sites.csv',2,'LOCATED_IN','319f90c2c6da31679e56d9ef','site/two-a','place/360900','{}','[]',NULL,NULL,NULL,'unverified',NULL,NULL);
INSERT INTO "assertion" VALUES(17,'mine',X'5C6550B23F1C1586DEBAC350804D4D1B',1,NULL,'sites.csv',3,'Site','site/two-b',NULL,NULL,'{"name": "\u4e59\u57fa\u5730"}','[]',NULL,NULL,NULL,'unverified',NULL,NULL);
INSERT INTO "assertion" VALUES(18,'mine',X'285E0895C87D917AA076A1F20030938B',1,NULL,'sites.csv',3,'OPERATES','56f74435480e9ef984e35d6b','firm/two','site/two-b','{}','[]',NULL,NULL,NULL,'unverified',NULL,NULL);
INSERT INTO "assertion" VALUES(19,'mine',X'CA4C954EEA183A804C05683BD696BD95',1,NULL,'sites.csv',3,'LOCATED_IN','90dd2c81a20ff59c937e25ff','site/two-b','place/360000','{}','[]',NULL,NULL,NULL,'unverified',NULL,NULL);
INSERT INTO "assertion" VALUES(20,'mine',X'235F9385E0914FE10774C5DAED4963BB',1,NULL,'sources.csv',2,'Source','source/a',NULL,NULL,'{"name": "\u7701\u62a5", "date": "2024-06-27", "grade": "A"}','[]',NULL,NULL,NULL,'unverified',NULL,NULL);
INSERT INTO "assertion" VALUES(21,'mine',X'15F5A07A0B17B4FBEAA108F69B7DDD49',1,NULL,'sources.csv',3,'Source','source/c',NULL,NULL,'{"name": "\u8f6c\u8f7d", "date": "2020", "grade": "C"}','[]',NULL,NULL,NULL,'unverified',NULL,NULL);
INSERT INTO "assertion" VALUES(22,'mine',X'1097F0BA8CC8E9A3F31A1B4CEC7145CF',1,NULL,'works_in.csv',2,'WORKS_IN','9dff22a3dc394b3636f359c6','site/one','segment/x/cell','{"product": "\u52a8\u529b\u7535\u6c60", "status": "operating"}','["source/a"]','2024-06',NULL,NULL,'verified',NULL,NULL);
INSERT INTO "assertion" VALUES(23,'mine',X'6EB2FFC882FCF117A3695EEB5AFA5646',1,NULL,'works_in.csv',3,'WORKS_IN','64672a0443d7f15563c028cf','site/two-b','segment/x/salt','{"product": "\u78b3\u9178\u9502"}','["source/c"]',NULL,NULL,NULL,'unverified',NULL,NULL);
INSERT INTO "assertion" VALUES(24,'mine',X'18599C19B18121A030FF015BAFEAAAAB',1,NULL,'firms.csv',2,'Site','site/one',NULL,NULL,'{"name": "\u4e00\u53f7\u516c\u53f8", "kind": "unspecified"}','["source/a"]',NULL,NULL,NULL,'unverified',NULL,NULL);
INSERT INTO "assertion" VALUES(25,'mine',X'E80D43F89E057DB66D56948340656643',1,NULL,'firms.csv',2,'OPERATES','b93d0fbf77323f2a19e71772','firm/one','site/one','{}','["source/a"]',NULL,NULL,NULL,'unverified',NULL,NULL);
INSERT INTO "assertion" VALUES(26,'mine',X'8949F1B2DDC6A17CE9063A946E68F20A',1,NULL,'firms.csv',2,'LOCATED_IN','e7f7d8d4424f26c463bf1e93','site/one','place/360900','{}','["source/a"]',NULL,NULL,NULL,'unverified',NULL,NULL);
CREATE TABLE dataset (
	id VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	current_version INTEGER, 
	PRIMARY KEY (id)
);
INSERT INTO "dataset" VALUES('mine','mine',1);
CREATE TABLE decision (
	id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	payload JSON NOT NULL, 
	reason TEXT NOT NULL, 
	user VARCHAR NOT NULL, 
	created_at VARCHAR NOT NULL, 
	undone_at VARCHAR, 
	undone_by VARCHAR, 
	PRIMARY KEY (id)
);
INSERT INTO "decision" VALUES(1,'correct','{"key": "firm/one", "property": "short_name", "value": "\u7532"}','更正','tester','2026-11-24T10:14:39+00:00',NULL,NULL);
CREATE TABLE log (
	id INTEGER NOT NULL, 
	at VARCHAR NOT NULL, 
	event VARCHAR NOT NULL, 
	detail JSON NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "log" VALUES(1,'2026-11-24T10:14:39+00:00','load','{"dataset": "mine", "version": 1, "origin": "/data/mine", "revision": 1}');
INSERT INTO "log" VALUES(2,'2026-11-24T10:14:39+00:00','decide','{"decision": 1, "kind": "correct", "user": "tester", "revision": 2}');
CREATE TABLE state (
	id INTEGER NOT NULL, 
	store_id VARCHAR NOT NULL, 
	revision INTEGER NOT NULL, 
	schema_version INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "state" VALUES(1,'82928b85ae8b4df6853f5e8021cffbfc',2,1);
CREATE TABLE version (
	dataset VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	created_at VARCHAR NOT NULL, 
	origin VARCHAR NOT NULL, 
	fingerprint VARCHAR NOT NULL, 
	assertions INTEGER NOT NULL, 
	PRIMARY KEY (dataset, number), 
	FOREIGN KEY(dataset) REFERENCES dataset (id)
);
INSERT INTO "version" VALUES('mine',1,'2026-11-24T10:14:39+00:00','/data/mine','eb457b56146217877bd25cdeed83c419a93dab037fc94c8ec2f441f87a7c93b9',26);
CREATE INDEX assertion_key ON assertion ("key");
CREATE INDEX assertion_dataset_hash ON assertion (dataset, hash);
COMMIT;
