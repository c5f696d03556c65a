"""One toy province, known to every test: 99 Tỉnh Thử.

Two districts (991 Huyện Đông, 992 Huyện Tây), five communes and a township, made up for tests. On
1/3/2020 by a made-up resolution, Ao Sen and Bãi Cát merge into a new Xã Ao Cát that re-uses the code
of Ao Sen, and Đồi Chè absorbs Đá Bạc and keeps its identity.
"""

from __future__ import annotations

from datetime import date, datetime

from chungsuc.accounts.rules import OPERATOR, Person, Role
from chungsuc.kit.clock import VIETNAM

OFFICER = Person("officer.99001", "Cán bộ xã Ao Sen", Role.COMMUNE_OFFICER, "99001")
VERIFIER = Person("verifier.991", "Người thẩm tra huyện Đông", Role.VERIFIER, "991")
COORDINATOR = Person("coordinator", "Văn phòng Điều phối", Role.COORDINATOR)

LONG_AGO = datetime(2016, 1, 4, 8, 0, tzinfo=VIETNAM)
END_2019 = date(2019, 12, 31)
MERGED_ON = date(2020, 3, 1)

UNITS = """code,name,type,parent_code,parent_name,alt_name
99,Tỉnh Thử,Tỉnh,,,
991,Huyện Đông,Huyện,99,Tỉnh Thử,
992,Huyện Tây,Huyện,99,Tỉnh Thử,
99001,Xã Ao Sen,Xã,991,Huyện Đông,
99002,Xã Bãi Cát,Xã,991,Huyện Đông,
99003,Xã Hoà Bình,Xã,991,Huyện Đông,Xã Hòa Bình
99004,Thị trấn Đông,Thị trấn,991,Huyện Đông,
99005,Xã Đồi Chè,Xã,992,Huyện Tây,
99006,Xã Đá Bạc,Xã,992,Huyện Tây,
"""

CHANGES = """old_code,new_code,kind,effective_date,legal_basis,level,event,old_name,new_name,old_parent,new_parent,source,note
99001,99001,full,2020-03-01,1/NQ-THU (01/02/2020),commune,merge,Xã Ao Sen,Xã Ao Cát,Huyện Đông,Huyện Đông,made up for tests,
99002,99001,full,2020-03-01,1/NQ-THU (01/02/2020),commune,merge,Xã Bãi Cát,Xã Ao Cát,Huyện Đông,Huyện Đông,made up for tests,
99006,99005,full,2020-03-01,1/NQ-THU (01/02/2020),commune,merge,Xã Đá Bạc,Xã Đồi Chè,Huyện Tây,Huyện Tây,made up for tests,
99005,99005,full,2020-03-01,1/NQ-THU (01/02/2020),commune,absorbs,Xã Đồi Chè,Xã Đồi Chè,Huyện Tây,Huyện Tây,made up for tests,
"""

__all__ = ["CHANGES", "COORDINATOR", "END_2019", "LONG_AGO", "MERGED_ON", "OFFICER", "OPERATOR", "UNITS", "VERIFIER"]
